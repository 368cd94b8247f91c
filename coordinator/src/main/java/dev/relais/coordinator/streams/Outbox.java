package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Payload;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Extension;

/** Writes events to sinks. Sizes are checked here: a record too large inside a transaction could not be dead-lettered any more (rule 1). */
final class Outbox {
    static final String SOURCE = "relais/coordinator";
    /** Below every topic's {@code max.message.bytes} and the producer's {@code max.request.size}. */
    static final int MOST_BYTES = 1_900_000;

    private final ProcessorContext<byte[], byte[]> context;
    private final EventCodec codec;
    private final ShardMetrics metrics;
    private String cause = "";
    private Instant time = Instant.EPOCH;
    private int number;

    Outbox(ProcessorContext<byte[], byte[]> context, EventCodec codec, ShardMetrics metrics) {
        this.context = context;
        this.codec = codec;
        this.metrics = metrics;
    }

    /**
     * From now on what is written follows from this record; its place in the log makes ids that a replay makes again.
     *
     * @param cause the CloudEvents id, or the record's place where it has none
     */
    void follows(String cause, Instant time) {
        this.cause = cause;
        this.time = time;
        this.number = 0;
    }

    /** An id that is the same when the same record is processed again. */
    String nextId() {
        var place = context.recordMetadata();
        String at = place.map(meta -> meta.topic() + "-" + meta.partition() + "-" + meta.offset()).orElse(context.taskId() + "");
        return at + "/" + number++;
    }

    void write(String sink, String key, String id, EventData data, Map<String, String> extensions) {
        write(sink, key, id, EventType.of(data), new Payload(codec.value(data)), extensions);
    }

    void write(String sink, String key, String id, EventType type, Payload value, Map<String, String> extensions) {
        if (value.size() > MOST_BYTES) {
            bury(new DeadLetter("too-large", type.wireName() + " of " + value.size() + " bytes is over " + MOST_BYTES, null, null,
                    null, null, null, false,
                    Map.of(), key, null, true));
            return;
        }
        var all = new HashMap<>(extensions);
        if (!cause.isEmpty()) {
            all.put(Extension.CAUSATION, cause);
        }
        Headers headers = codec.headers(type, new EventCodec.Attributes(id, SOURCE, key, time, all));
        context.forward(new Record<>(bytes(key), value.bytes(), time.toEpochMilli(), headers), sink);
    }

    void bury(DeadLetter letter) {
        metrics.buried(letter.reason());
        String key = letter.taskId() == null ? String.valueOf(letter.key()) : letter.taskId().value();
        write(Sinks.DEAD_LETTERS, key, nextId(), letter, Map.of());
    }

    /** Copies a record of {@code requests} to the partition of its task, as it is (rule 12). */
    void forward(String key, byte @Nullable [] value, Headers headers, long timestamp) {
        context.forward(new Record<>(bytes(key), value, timestamp, headers), Sinks.REQUESTS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
