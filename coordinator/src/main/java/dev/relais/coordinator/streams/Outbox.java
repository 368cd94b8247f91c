package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Payload;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Extension;

/** Writes events to sinks. Sizes are checked here: a record too large inside a transaction could not be dead-lettered any more (rule 1). */
final class Outbox {
    static final String SOURCE = "relais/coordinator";
    /** Below every topic's {@code max.message.bytes} and the producer's {@code max.request.size}. */
    static final int MOST_BYTES = 1_900_000;

    private static final String UNKEYED = "unkeyed";

    private final ProcessorContext<byte[], byte[]> context;
    private final EventCodec codec;
    private final ShardMetrics metrics;
    private final Writes writes;
    private String cause = "";
    private Instant time = Instant.EPOCH;
    private int number;

    Outbox(ProcessorContext<byte[], byte[]> context, EventCodec codec, ShardMetrics metrics, Writes writes) {
        this.context = context;
        this.codec = codec;
        this.metrics = metrics;
        this.writes = writes;
    }

    /** A record is taken: what is written from now on follows from it, and from nothing else. */
    void begins(Instant time) {
        this.cause = "";
        this.time = time;
        this.number = 0;
        writes.begin();
    }

    /** @param cause the CloudEvents id of the event that is acted on */
    void follows(String cause) {
        this.cause = cause;
    }

    /** An id that is the same when the same record is processed again: its place in the log, and a number. */
    String nextId() {
        var place = context.recordMetadata();
        String at = place.map(meta -> meta.topic() + "-" + meta.partition() + "-" + meta.offset()).orElse(context.taskId() + "");
        return at + "/" + number++;
    }

    void write(String sink, String key, String id, EventData data, Map<String, String> extensions) {
        write(sink, key, id, EventType.of(data), new Payload(codec.value(data)), extensions);
    }

    void write(String sink, String key, String id, EventType type, Payload value, Map<String, String> extensions) {
        var all = new HashMap<>(extensions);
        if (!cause.isEmpty()) {
            all.put(Extension.CAUSATION, cause);
        }
        Headers headers = codec.headers(type, new EventCodec.Attributes(id, SOURCE, key, time, all));
        int size = value.size() + size(headers);
        if (size > MOST_BYTES) {
            bury(new DeadLetter(Graveyard.TOO_LARGE, type.wireName() + " " + id + " of " + size + " bytes is over " + MOST_BYTES
                    + " and was not written to " + sink, null, TaskId.isValid(key) ? new TaskId(key) : null, null, null, null,
                    false,
                    Map.of(), key, null, true));
            return;
        }
        send(new Record<>(bytes(key), value.bytes(), time.toEpochMilli(), headers), sink);
    }

    /** Bytes of all names and values. */
    static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    /** Lets a compacted topic forget a key. */
    void erase(String sink, String key) {
        send(new Record<>(bytes(key), null, time.toEpochMilli()), sink);
    }

    void bury(DeadLetter letter) {
        metrics.buried(letter.reason());
        String key = letter.taskId() != null ? letter.taskId().value() : letter.key() != null ? letter.key() : UNKEYED;
        write(Sinks.DEAD_LETTERS, key, nextId(), letter, Map.of());
    }

    /** Copies a record of {@code requests} to the partition of its task, as it is (rule 12). */
    void forward(String key, byte @Nullable [] value, Headers headers, long timestamp) {
        send(new Record<>(bytes(key), value, timestamp, headers), Sinks.REQUESTS);
    }

    private void send(Record<byte[], byte @Nullable []> record, String sink) {
        writes.mark();
        context.forward(record, sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
