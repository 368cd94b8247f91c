package dev.relais.worker.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.JournalReader.Prefix;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaJournalReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("journal", 0);

    private final EventCodec codec = new EventCodec();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final KafkaJournalReader reader = new KafkaJournalReader("journal", codec, consumer);

    /** The journal holds a word at each of these offsets, as sequence number the offset. */
    private void holds(long first, long... offsets) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, first));
        consumer.updateEndOffsets(Map.of(PARTITION, offsets[offsets.length - 1] + 1));
        // The mock takes records of assigned partitions only, and forgets them when the partition is assigned anew.
        consumer.schedulePollTask(() -> {
            for (long offset : offsets) {
                consumer.addRecord(word(offset));
            }
        });
    }

    private ConsumerRecord<byte[], byte[]> word(long offset) {
        var heard = new JournalEntry.Heard("w" + offset, InputKind.WORKER, "word " + offset, null);
        var headers = EntryHeader.extensions(heard, 1, new WorkerId("w.1"), (int) offset, 0);
        ProducerRecord<byte[], byte[]> sent = codec.toRecord("journal", 0,
                new Event<>("e" + offset, "test", "t1", Instant.EPOCH, headers, heard));
        return record(offset, sent.value(), new RecordHeaders(sent.headers()));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>("journal", 0, offset, 0, TimestampType.LOG_APPEND_TIME, 0, 0, new byte[0], value, headers,
                Optional.empty());
    }

    @Test
    void i4_exactlyTheAcceptedEntriesAreRead() throws InterruptedException {
        holds(0, 3, 4, 5, 6, 7);

        assertThat(reader.read(0, List.of(3L, 5L, 7L))).isInstanceOfSatisfying(Prefix.Read.class,
                read -> assertThat(read.entries()).extracting(Entry::sequence).containsExactly(3, 5, 7));
    }

    @Test
    void entryThatIsFarAwayIsSoughtAndNotReadUpTo() throws InterruptedException {
        holds(0, 3, 90_000);

        assertThat(reader.read(0, List.of(3L, 90_000L))).isInstanceOfSatisfying(Prefix.Read.class,
                read -> assertThat(read.entries()).hasSize(2));
    }

    @Test
    void entryThatRetentionTookIsGoneAndNeverReplacedByTheNextOne() throws InterruptedException {
        holds(0, 3, 5);

        assertThat(reader.read(0, List.of(3L, 4L))).isInstanceOfSatisfying(Prefix.Gone.class,
                gone -> assertThat(gone.offset()).isEqualTo(4));
    }

    @Test
    void recordThatIsNoEntryIsNoPartOfAConversation() throws InterruptedException {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 4L));
        consumer.schedulePollTask(() -> consumer.addRecord(record(3, new byte[]{1}, new RecordHeaders())));

        assertThat(reader.read(0, List.of(3L))).isInstanceOf(Prefix.Gone.class);
    }

    @Test
    void taskWithoutEntriesReadsNothing() throws InterruptedException {
        assertThat(reader.read(0, List.of())).isEqualTo(new Prefix.Read(List.of()));
    }
}
