package dev.relais.deploy.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Extension;

/** Reads the journal's headers as entries come. */
final class JournalWatch implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** From its end of now. */
    JournalWatch(String bootstrap, String journal) {
        this.consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var places = Load.partitions(journal);
        consumer.assign(places);
        consumer.seekToEnd(places);
        places.forEach(consumer::position);
    }

    /** An entry's place in its run, and when the broker appended it. */
    record Seen(String task, EventType type, int epoch, String owner, long appendedMillis) {}

    /** Entries that came since it was asked last; beats and ticks are left out. */
    List<Seen> poll() {
        var entries = new ArrayList<Seen>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
            String epoch = text(record, Extension.EPOCH);
            if (!epoch.isEmpty()) {
                entries.add(new Seen(text(record, "subject"), EventType.named(text(record, "type")).orElseThrow(),
                        Integer.parseInt(epoch), text(record, Extension.OWNER), record.timestamp()));
            }
        }
        return entries;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader("ce_" + name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
