package dev.relais.worker.kafka;

import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaJournalTest {
    /**
     * With several requests on their way, a broker that is about to lead a new partition may refuse the first batch and take the second; from then on it
     * refuses the first for ever, and a run waits for its first entries until their ten minutes are over.
     */
    @Test
    void producerHasOneRequestOnItsWay() {
        Settings settings = switch (Settings.load(Map.of(), null)) {
            case Settings.Loaded.Valid(Settings valid) -> valid;
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems().toString());
        };
        assertThat(KafkaJournal.properties(settings)).containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    }
}
