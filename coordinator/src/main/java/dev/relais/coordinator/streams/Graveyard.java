package dev.relais.coordinator.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.streams.RequestDoor.Arrived;
import dev.relais.coordinator.streams.RequestDoor.Early;
import dev.relais.coordinator.task.Now;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.wire.Json;

/** Records that could not be used: buried with their reason, or kept for ten minutes because their task may still come. */
final class Graveyard {
    static final Duration EARLY = Duration.ofMinutes(10);
    static final String EARLY_TIMER = "EARLY";
    private static final int SHOWN_BYTES = 64 * 1024;
    private static final int SHOWN_HEADER = 1024;

    private final ProcessorContext<byte[], byte[]> context;
    private final Stores stores;
    private final Outbox outbox;

    Graveyard(ProcessorContext<byte[], byte[]> context, Stores stores, Outbox outbox) {
        this.context = context;
        this.stores = stores;
        this.outbox = outbox;
    }

    void bury(Arrived record, String reason, String detail, @Nullable String where) {
        byte[] value = record.value();
        byte[] key = record.key();
        boolean isLong = value != null && value.length > SHOWN_BYTES;
        byte[] shown = value == null ? null : isLong ? Arrays.copyOf(value, SHOWN_BYTES) : value;
        var place = context.recordMetadata();
        outbox.bury(new DeadLetter(reason, detail, where, null, place.map(meta -> meta.topic()).orElse(null),
                place.map(meta -> meta.partition()).orElse(null), place.map(meta -> meta.offset()).orElse(null),
                !isLong && value != null,
                texts(record.headers()), key == null ? null : abridged(key),
                shown == null ? null : Base64.getEncoder().encodeToString(shown), isLong));
    }

    private static Map<String, String> texts(Headers headers) {
        var texts = new LinkedHashMap<String, String>();
        for (Header header : headers) {
            texts.put(header.key(), header.value() == null ? "" : abridged(header.value()));
        }
        return texts;
    }

    private static String abridged(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, SHOWN_HEADER), StandardCharsets.UTF_8);
    }

    /** As the store keeps it: header values base64, because they may be any bytes. */
    private record Kept(Map<String, String> headers, @Nullable String key, @Nullable String value) {}

    void keepEarly(TaskId task, Arrived record, Now now) {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : record.headers()) {
            headers.put(header.key(), encode(header.value() == null ? new byte[0] : header.value()));
        }
        byte[] key = record.key();
        byte[] value = record.value();
        var kept = new Kept(headers, key == null ? null : encode(key), value == null ? null : encode(value));
        try {
            stores.putEarly(task, "%019d".formatted(stores.nextArrival()), Json.mapper().writeValueAsBytes(kept));
        } catch (IOException e) {
            throw new IllegalStateException("texts are always writable as JSON", e);
        }
        stores.startTimer(task, EARLY_TIMER, now.time().plus(EARLY).toEpochMilli());
    }

    /** What waited for this task, oldest first; it waits no longer. */
    List<Early> exhume(TaskId task) {
        var records = new ArrayList<Early>();
        for (byte[] bytes : stores.takeEarly(task)) {
            records.add(new Early(arrived(bytes)));
        }
        if (!records.isEmpty()) {
            stores.stopTimer(task, EARLY_TIMER);
        }
        return records;
    }

    void buryEarly(TaskId task) {
        for (Early early : exhume(task)) {
            bury(early.arrived(), "unknown-task", "no task " + task + " came within " + EARLY.toMinutes() + " minutes", null);
        }
    }

    private static Arrived arrived(byte[] bytes) {
        try {
            Kept kept = Json.mapper().readValue(bytes, Kept.class);
            var headers = new RecordHeaders();
            kept.headers().forEach((name, value) -> headers.add(name, Base64.getDecoder().decode(value)));
            return new Arrived(decode(kept.key()), decode(kept.value()), headers);
        } catch (IOException e) {
            throw new IllegalStateException("the store holds what this release cannot read; was it written by a later one?", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte @Nullable [] decode(@Nullable String text) {
        return text == null ? null : Base64.getDecoder().decode(text);
    }
}
