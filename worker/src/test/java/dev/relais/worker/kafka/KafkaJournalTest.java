package dev.relais.worker.kafka;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.EventCodec;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaJournalTest {
    /** Beats that go before the last entry and do not name its run lose it: three of them, on a machine that starves the run between. */
    @Test
    void aRunIsNamedUntilItsLastEntryIsWithTheProducer() throws InterruptedException {
        var run = new ActiveRun(RunKey.of(Edge.work(1, false).taskId(), 1), 0, false);
        run.name();
        var named = new ArrayList<Boolean>();
        var producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                named.add(run.isNamed());
                return super.send(record, callback);
            }
        };
        try (var journal = new KafkaJournal(producer, "journal", Edge.WORKER, new EventCodec(), Edge.CLOCK)) {
            journal.of(Edge.work(1, false), Map.of(), run).append(new JournalEntry.Yielded("shutdown", "the worker leaves"));
        }
        assertThat(named).containsExactly(true);
        assertThat(run.isNamed()).isFalse();
    }

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
