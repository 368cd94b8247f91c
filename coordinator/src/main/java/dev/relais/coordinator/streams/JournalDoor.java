package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import dev.relais.coordinator.streams.RequestDoor.Arrived;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.Payload;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.ControlEvent.FenceRun;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.Tick;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;

/** Takes records of {@code journal}: entries by their headers alone, beats, ticks. */
final class JournalDoor {
    /** Before compression (DESIGN.md section 3: entries are at most 1 MiB). */
    static final int MOST_ENTRY_BYTES = 1 << 20;

    private final EventCodec codec;
    private final Stores stores;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Graveyard graveyard;
    private final Leases leases;
    private final Dispatcher dispatcher;

    JournalDoor(EventCodec codec, Stores stores, Ledger ledger, Outbox outbox, Graveyard graveyard, Leases leases,
            Dispatcher dispatcher) {
        this.codec = codec;
        this.stores = stores;
        this.ledger = ledger;
        this.outbox = outbox;
        this.graveyard = graveyard;
        this.leases = leases;
        this.dispatcher = dispatcher;
    }

    void take(Arrived record, long offset, Instant appended) {
        text(record.headers(), "ce_id").ifPresent(outbox::follows);
        Optional<EventType> type = type(record.headers());
        if (record.value() == null) {
            graveyard.bury(record, "no-value", "the record has no value (a tombstone)", null);
            return;
        }
        if (type.isEmpty()) {
            graveyard.bury(record, "unknown-type", "the journal holds entries, beats and ticks only", "ce_type");
            return;
        }
        switch (type.get()) {
            case CLOCK_TICKED -> tick(record, appended);
            case WORKER_BEATEN -> beat(record, appended);
            case RUN_CLAIMED, INPUT_HEARD, MODEL_REPLIED, TOOLS_RAN, RUN_ALERTED, RUN_YIELDED, RUN_CONCLUDED ->
                entry(record, type.get(), offset, appended);
            default ->
                graveyard.bury(record, "wrong-topic", type.get().wireName() + " does not belong in the journal", "ce_type");
        }
    }

    private static Optional<EventType> type(Headers headers) {
        return text(headers, "ce_type").flatMap(EventType::named);
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length > RequestDoor.MOST_ATTRIBUTE_BYTES
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private void entry(Arrived record, EventType type, long offset, Instant appended) {
        if (record.value() != null && record.value().length > MOST_ENTRY_BYTES) {
            // What is copied from it to a public topic could not be written any more; its run meets the gap, and is fenced.
            graveyard.bury(record, Graveyard.TOO_LARGE,
                    "a journal entry has at most " + MOST_ENTRY_BYTES + " bytes, this one " + record.value().length, null);
            return;
        }
        switch (EntryHeader.read(type, record.headers())) {
            case EntryHeader.Reading.Malformed(String reason, String detail, String where) ->
                graveyard.bury(record, reason, detail, where);
            case EntryHeader.Reading.Read(EntryHeader header) -> {
                leases.seen(header.owner());
                byte[] value = record.value() == null ? new byte[0] : record.value();
                var outcome = ledger.tell(header.task(), new TaskEvent.Entry(header, offset, new Payload(value)),
                        leases.now(appended));
                if (outcome == Ledger.Outcome.UNKNOWN_TASK && type == EventType.RUN_CLAIMED) {
                    fence(header.owner(), RunKey.of(header.task(), header.epoch()).toString());
                }
                dispatcher.fill(leases.fleet(), leases.now(appended));
            }
        }
    }

    private void fence(WorkerId worker, String run) {
        outbox.write(Sinks.CONTROL, worker.value(), outbox.nextId(), new FenceRun(run, worker, "no such task"), Map.of());
    }

    private void beat(Arrived record, Instant appended) {
        switch (codec.decode(record.headers(), record.key(), record.value())) {
            case Decoded.Accepted(var _, var event) when event.data() instanceof Beat beat -> {
                try {
                    leases.beat(new WorkerId(event.subject()), beat, appended);
                } catch (IllegalArgumentException e) {
                    graveyard.bury(record, "headers-lie", String.valueOf(e.getMessage()), "ce_subject");
                    return;
                }
                dispatcher.fill(leases.fleet(), leases.now(appended));
            }
            case Decoded.Accepted accepted ->
                graveyard.bury(record, "wrong-topic", accepted.type().wireName() + " is no beat", "ce_type");
            case Decoded.Malformed(String reason, String detail, String where) -> graveyard.bury(record, reason, detail, where);
        }
    }

    private void tick(Arrived record, Instant appended) {
        switch (codec.decode(record.headers(), record.key(), record.value())) {
            case Decoded.Accepted(var _, var event) when event.data() instanceof Tick tick -> tick(tick, appended);
            case Decoded.Accepted accepted ->
                graveyard.bury(record, "wrong-topic", accepted.type().wireName() + " is no tick", "ce_type");
            case Decoded.Malformed(String reason, String detail, String where) -> graveyard.bury(record, reason, detail, where);
        }
    }

    private void tick(Tick tick, Instant appended) {
        switch (leases.tick(appended, tick.dispatches())) {
            case IGNORED -> {
            }
            case COUNTED -> {
                Now now = leases.now(appended);
                stores.timers().takeDue(appended.toEpochMilli()).forEach(due -> fire(due, now));
                dispatcher.fillFree(leases.fleet(), now);
            }
        }
    }

    private void fire(Timers.Due due, Now now) {
        if (Graveyard.isEarly(due.timer())) {
            graveyard.buryEarly(due.task(), due.timer());
            return;
        }
        var fired = new TaskEvent.TimerFired(TaskEvent.Timer.valueOf(due.timer()), Instant.ofEpochMilli(due.due()));
        ledger.remind(due.task(), fired, now);
    }
}
