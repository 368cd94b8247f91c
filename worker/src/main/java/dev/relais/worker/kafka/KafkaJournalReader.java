package dev.relais.worker.kafka;

import java.time.Duration;
import java.time.InstantSource;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.JournalReader;

/** Reads accepted entries by their offsets, with a few pooled consumers that belong to no group. */
public final class KafkaJournalReader implements JournalReader, AutoCloseable {
    private static final int POOL = 4;
    private static final Duration POLL = Duration.ofMillis(100);
    /** After so long without an expected record the broker is asked whether it still has it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<Consumer<byte[], byte[]>> pool = new LinkedBlockingQueue<>();
    private final EventCodec codec;
    private final String topic;
    private final InstantSource clock;

    public KafkaJournalReader(Settings settings, EventCodec codec, InstantSource clock) {
        this.codec = codec;
        this.topic = settings.topics().journal();
        this.clock = clock;
        for (int i = 0; i < POOL; i++) {
            pool.add(new KafkaConsumer<>(properties(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        }
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
        long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (offsets.getFirst() < first) {
            return gone(offsets.getFirst(), "the journal's retention has passed it");
        }
        var entries = new ArrayList<Entry>(offsets.size());
        long position = -1;
        for (int i = 0; i < offsets.size();) {
            long wanted = offsets.get(i);
            if (position != wanted) {
                consumer.seek(partition, wanted);
            }
            int before = i;
            var deadline = clock.instant().plus(PATIENCE);
            while (i == before) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                    position = record.offset() + 1;
                    if (i < offsets.size() && record.offset() == offsets.get(i)) {
                        switch (entry(record)) {
                            case Prefix.Gone gone -> {
                                return gone;
                            }
                            case Prefix.Read(List<Entry> one) -> entries.addAll(one);
                        }
                        i++;
                    } else if (i < offsets.size() && record.offset() > offsets.get(i)) {
                        return gone(offsets.get(i), "the record is not there");
                    }
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("reading the journal was interrupted");
                }
                if (i == before && clock.instant().isAfter(deadline)) {
                    return gone(wanted, "the broker gives no record there");
                }
            }
            position = farAhead(offsets, i, position) ? -1 : position;
        }
        return new Prefix.Read(entries);
    }

    /** Reading on is cheaper than a seek unless much lies between. */
    private static boolean farAhead(List<Long> offsets, int next, long position) {
        return next < offsets.size() && offsets.get(next) - position > 2_000;
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
