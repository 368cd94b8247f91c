package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.JournalReader;

/** Reads accepted entries by their offsets, with a few pooled consumers that belong to no group. */
public final class KafkaJournalReader implements JournalReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaJournalReader.class);
    private static final int POOL = 4;
    private static final Duration POLL = Duration.ofMillis(100);
    /** After so many without the expected record the broker is asked whether it still has it. */
    private static final int POLLS = 50;
    private static final long NOWHERE = -1;
    /** Reading on is cheaper than a seek unless this much lies between. */
    private static final long FAR = 2_000;

    private final BlockingQueue<Consumer<byte[], byte[]>> pool = new LinkedBlockingQueue<>();
    private final EventCodec codec;
    private final String topic;

    public KafkaJournalReader(Settings settings, EventCodec codec) {
        this(settings.topics().journal(), codec);
        for (int i = 0; i < POOL; i++) {
            pool.add(new KafkaConsumer<>(properties(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
    }

    KafkaJournalReader(String topic, EventCodec codec, Consumer<byte[], byte[]> consumer) {
        this(topic, codec);
        pool.add(consumer);
    }

    private KafkaJournalReader(String topic, EventCodec codec) {
        this.topic = topic;
        this.codec = codec;
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // An offset that retention took must be an error, never a jump to another entry.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.putAll(settings.kafka());
        return properties;
    }

    @Override
    public Prefix read(int partition, List<Long> offsets) throws InterruptedException {
        if (offsets.isEmpty()) {
            return new Prefix.Read(List.of());
        }
        Consumer<byte[], byte[]> consumer = pool.take();
        try {
            return read(consumer, new TopicPartition(topic, partition), offsets);
        } finally {
            pool.add(consumer);
        }
    }

    private Prefix read(Consumer<byte[], byte[]> consumer, TopicPartition partition, List<Long> offsets)
            throws InterruptedException {
        consumer.assign(List.of(partition));
        var entries = new ArrayList<Entry>(offsets.size());
        long position = NOWHERE;
        while (entries.size() < offsets.size()) {
            long wanted = offsets.get(entries.size());
            if (position == NOWHERE || wanted < position || wanted - position > FAR) {
                consumer.seek(partition, wanted);
            }
            List<ConsumerRecord<byte[], byte[]>> records = poll(consumer, partition, wanted);
            if (records.isEmpty()) {
                return gone(wanted, "the journal's retention has passed it, or the partition was made anew");
            }
            for (ConsumerRecord<byte[], byte[]> record : records) {
                position = record.offset() + 1;
                switch (taken(record, offsets, entries.size())) {
                    case Prefix.Gone gone -> {
                        return gone;
                    }
                    case Prefix.Read(List<Entry> atMostOne) -> entries.addAll(atMostOne);
                }
            }
        }
        return new Prefix.Read(entries);
    }

    private Prefix taken(ConsumerRecord<byte[], byte[]> record, List<Long> offsets, int next) {
        if (next == offsets.size() || record.offset() < offsets.get(next)) {
            return new Prefix.Read(List.of());
        }
        return record.offset() == offsets.get(next) ? entry(record) : gone(offsets.get(next), "the record is not there");
    }

    /** @return some records, or none where the broker no longer has the wanted one. A broker that is away is waited for: that is no task's fault. */
    private List<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> consumer, TopicPartition partition, long wanted)
            throws InterruptedException {
        while (true) {
            try {
                for (int i = 0; i < POLLS; i++) {
                    List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
                    if (!records.isEmpty()) {
                        return records;
                    }
                }
                if (wanted < consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L)
                        || wanted >= consumer.endOffsets(List.of(partition)).getOrDefault(partition, Long.MAX_VALUE)) {
                    return List.of();
                }
            } catch (OffsetOutOfRangeException _) {
                return List.of();
            } catch (InterruptException e) {
                throw Interrupted.of(e);
            } catch (RetriableException e) {
                LOG.warn("The journal at {} offset {} cannot be read yet: {}", partition, wanted, e.getMessage());
            }
        }
    }

    private Prefix entry(ConsumerRecord<byte[], byte[]> record) {
        if (codec.decode(record.headers(), record.key(), record.value()) instanceof Decoded.Accepted accepted
                && accepted.event().data() instanceof JournalEntry body
                && EntryHeader.read(accepted.type(), record.headers()) instanceof EntryHeader.Reading.Read(EntryHeader header)) {
            return new Prefix.Read(List.of(new Entry(header.epoch(), header.sequence(), body)));
        }
        return gone(record.offset(), "the record there is no entry that this release reads");
    }

    private static Prefix gone(long offset, String why) {
        return new Prefix.Gone(offset, "journal offset " + offset + ": " + why);
    }

    @Override
    public void close() {
        pool.forEach(consumer -> consumer.close());
    }
}
