package dev.relais.coordinator.streams;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.coordinator.streams.RequestDoor.Arrived;
import dev.relais.coordinator.task.Now;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.TaskId;

/** Records that could not be used: buried with their reason, or kept for ten minutes because their task may still come. */
final class Graveyard {
    private static final Logger LOG = LoggerFactory.getLogger(Graveyard.class);
    static final Duration EARLY = Duration.ofMinutes(10);
    private static final String EARLY_TIMER = "EARLY.";
    static final String TOO_LARGE = "too-large";
    private static final int SHOWN_BYTES = 64 * 1024;
    private static final int SHOWN_HEADERS = 64;
    private static final int SHOWN_HEADER = 1024;

    private final Stores stores;
    private final Outbox outbox;
    private final StateCodec codec = new StateCodec();

    Graveyard(Stores stores, Outbox outbox) {
        this.stores = stores;
        this.outbox = outbox;
    }

    void bury(Arrived record, String reason, String detail, @Nullable String where) {
        byte[] value = record.value();
        byte[] key = record.key();
        Arrived.Place place = record.place();
        boolean isLong = value != null && value.length > SHOWN_BYTES;
        byte[] shown = value == null ? null : isLong ? Arrays.copyOf(value, SHOWN_BYTES) : value;
        outbox.bury(new DeadLetter(reason, abridged(detail.getBytes(StandardCharsets.UTF_8)), where, null,
                place == null ? null : place.topic(), place == null ? null : place.partition(),
                place == null ? null : place.offset(),
                value != null && !isLong && !reason.equals(TOO_LARGE),
                texts(record.headers()), key == null ? null : abridged(key),
                shown == null ? null : Base64.getEncoder().encodeToString(shown), isLong));
    }

    void buryFailed(Arrived record, RuntimeException e) {
        LOG.error("A record could not be processed; it is in dead letters", e);
        bury(record, "processing-failed", "the coordinator has a fault that this record met: " + e.getMessage(), null);
    }

    /** The first ones: a letter has to stay smaller than any record that it tells of. */
    private static Map<String, String> texts(Headers headers) {
        var texts = new LinkedHashMap<String, String>();
        for (Header header : headers) {
            if (texts.size() == SHOWN_HEADERS) {
                break;
            }
            texts.put(abridged(header.key().getBytes(StandardCharsets.UTF_8)),
                    header.value() == null ? "" : abridged(header.value()));
        }
        return texts;
    }

    private static String abridged(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, SHOWN_HEADER), StandardCharsets.UTF_8);
    }

    static boolean isEarly(String timer) {
        return timer.startsWith(EARLY_TIMER);
    }

    /** As the store keeps it: header values base64, because they may be any bytes. */
    private record Kept(Map<String, String> headers, @Nullable String key, @Nullable String value,
            Arrived.@Nullable Place place) {}

    void keepEarly(TaskId task, Arrived record, Now now) {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : record.headers()) {
            headers.put(header.key(), encode(header.value() == null ? new byte[0] : header.value()));
        }
        byte[] key = record.key();
        byte[] value = record.value();
        var kept = new Kept(headers, key == null ? null : encode(key), value == null ? null : encode(value),
                record.place());
        long due = now.time().plus(EARLY).toEpochMilli();
        // Whoever takes it out stops its timer, and has to know when that is due.
        String arrival = Region.ordered(stores.tally().nextArrival()) + "." + due;
        stores.putEarly(task, arrival, codec.write(kept));
        // A timer each: words that keep coming do not keep the earlier ones.
        stores.timers().start(task, EARLY_TIMER + arrival, due);
    }

    /** What waited for this task, oldest first; it waits no longer. */
    List<Arrived> exhume(TaskId task) {
        var records = new ArrayList<Arrived>();
        for (String arrival : stores.early(task)) {
            stores.takeEarly(task, arrival).ifPresent(bytes -> records.add(arrived(bytes)));
            stopTimer(task, arrival);
        }
        return records;
    }

    private void stopTimer(TaskId task, String arrival) {
        int dot = arrival.indexOf('.');
        if (dot < 0) {
            stores.timers().stopOld(task, EARLY_TIMER + arrival);
        } else {
            stores.timers().stop(task, EARLY_TIMER + arrival, Long.parseLong(arrival.substring(dot + 1)));
        }
    }

    void buryEarly(TaskId task, String timer) {
        stores.takeEarly(task, timer.substring(EARLY_TIMER.length())).ifPresent(bytes -> bury(arrived(bytes), "unknown-task",
                "no task " + task + " came within " + EARLY.toMinutes() + " minutes", null));
    }

    private Arrived arrived(byte[] bytes) {
        Kept kept = codec.read(bytes, Kept.class);
        var headers = new RecordHeaders();
        kept.headers().forEach((name, value) -> headers.add(name, Base64.getDecoder().decode(value)));
        return new Arrived(decode(kept.key()), decode(kept.value()), headers, kept.place());
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte @Nullable [] decode(@Nullable String text) {
        return text == null ? null : Base64.getDecoder().decode(text);
    }
}
