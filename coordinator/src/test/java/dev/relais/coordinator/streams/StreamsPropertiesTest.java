package dev.relais.coordinator.streams;

import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;

class StreamsPropertiesTest {
    /**
     * With several requests on their way, a broker that is about to lead a new partition may refuse the first batch and take the second; from then on it
     * refuses the first for ever, and the transaction never ends (coordinator/docs/0002).
     */
    @Test
    void producerHasOneRequestOnItsWay() {
        Settings settings = switch (Settings.load(Map.of(), null)) {
            case Settings.Loaded.Valid(Settings valid) -> valid;
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
        assertThat(new StreamsConfig(StreamsProperties.of(settings)).getProducerConfigs("relais"))
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    }
}
