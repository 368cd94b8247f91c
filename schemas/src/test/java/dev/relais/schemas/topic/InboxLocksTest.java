package dev.relais.schemas.topic;

import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InboxLocksTest {
    /** As short and as far as the broker allows; never so short that work is still fresh for a worker that no longer holds it. */
    @ParameterizedTest
    @CsvSource({"15000,4000,15000,4000", "4000,10000,4000,10000", "1000,2000,4000,2000"})
    void locksAreWithinWhatTheBrokerAllows(String least, String most, String duration, String locks) {
        assertThat(InboxLocks.within(broker(Map.of("group.share.min.record.lock.duration.ms", least,
                "group.share.max.partition.max.record.locks", most))))
                .isEqualTo(Map.of("share.record.lock.duration.ms", duration, "share.partition.max.record.locks", locks));
    }

    @Test
    void brokerThatKnowsNoShareGroupsIsAskedForNothing() {
        assertThat(InboxLocks.within(broker(Map.of("log.retention.ms", "1")))).isEmpty();
    }

    private static Config broker(Map<String, String> settings) {
        Stream<ConfigEntry> entries = settings.entrySet().stream().map(each -> new ConfigEntry(each.getKey(), each.getValue()));
        return new Config(entries.toList());
    }
}
