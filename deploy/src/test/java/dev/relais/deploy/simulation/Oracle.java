package dev.relais.deploy.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Decision;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.coordinator.task.TaskMachine.Result;
import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.deploy.simulation.World.Broken;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** Holds what was committed, and what the workers do, against the invariants of DESIGN.md 8, restated here on its own. */
final class Oracle {
    /** In ticks: ten that count lie at least half of one apart. */
    private static final double LEAST_SILENCE = 4.5;
    private static final int UNNAMED_BEATS = 3;

    private final World world;
    private final long tickMillis;
    private final Map<TaskId, TaskAccount> accounts = new HashMap<>();
    private final Map<Integer, Long> taken = new HashMap<>();
    private final Map<Integer, Stored> inHand = new HashMap<>();
    private final JournalReading reading;
    private final Map<Integer, DispatchAccount> dispatches = new HashMap<>();
    private final SuspectAccount suspects = new SuspectAccount();
    private final Map<String, Long> lastRecords = new HashMap<>();
    private Optional<String> complaint = Optional.empty();
    private final Set<String> publicEvents = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<WorkerId, Long> awake = new HashMap<>();

    Oracle(World world, long tickMillis) {
        this.world = world;
        this.tickMillis = tickMillis;
        this.reading = new JournalReading(tickMillis);
    }

    /** A decision, as it was made. */
    record Decided(@Nullable Task before, TaskEvent event, Now now, Result result) {}

    /** Reads the journal beside the coordinator. */
    void reads(Site site) {
        site.log().read(site.topics().journal(), record -> {
            reading.read(site, record);
            var type = EventType.named(Site.text(record, "ce_type")).orElseThrow();
            if (EntryHeader.read(type, record.headers()) instanceof EntryHeader.Reading.Read(EntryHeader header)) {
                suspects.written(header);
            }
        });
    }

    SuspectAccount suspects() {
        return suspects;
    }

    TaskAccount of(TaskId task) {
        return accounts.computeIfAbsent(task, TaskAccount::new);
    }

    /** A shard takes a record: by its append time the shard decides. Of a worker: it lived when that was appended. */
    void taking(Stored record) {
        taken.put(record.partition(), record.appended());
        inHand.put(record.partition(), record);
        dispatches(record.partition()).takes(record, record.topic().endsWith("journal"));
        if (!record.topic().endsWith("journal")) {
            return;
        }
        var owner = record.headers().lastHeader("ce_owner");
        String type = Site.text(record, "ce_type");
        if (owner != null) {
            lastRecords.put(record.partition() + "/" + new String(owner.value(), StandardCharsets.UTF_8),
                    record.appended());
        } else if (type.contains("worker.beaten")) {
            lastRecords.put(record.partition() + "/" + Site.text(record, "ce_subject"), record.appended());
        }
    }

    /** A loss: judged from the log alone. */
    void judges(int partition, @Nullable Task task, TaskEvent event) {
        if (task == null || !(event instanceof TaskEvent.OwnerLost lost)) {
            return;
        }
        Set<WorkerId> living = heardFor(JournalReading.LEASE_TICKS, partition);
        if (!lost.living().equals(living)) {
            complaint = Optional.of("rule 9: " + lost.living() + " are said to live, heard for a lease were " + living);
        }
        if (lost.loss() == TaskEvent.Loss.UNNAMED) {
            unnamed(partition, task, lost);
        }
    }

    /** At the record in hand, the workers that have been heard for so many ticks since they were last silent. */
    Set<WorkerId> heardFor(long ticks, int partition) {
        return reading.heardFor(ticks, Objects.requireNonNull(inHand.get(partition)));
    }

    /** A beat that does not name a run, three times in a row, loses it (rule 3). */
    private void unnamed(int partition, Task task, TaskEvent.OwnerLost lost) {
        String owner = lost.owner().value();
        Stored beat = Objects.requireNonNull(inHand.get(partition), "a shard decides on a record that it has taken");
        int unnamed = reading.unnamed(beat, owner, RunKey.of(task.id(), task.epoch()));
        if (unnamed < UNNAMED_BEATS) {
            complaint = Optional.of("rule 3: " + owner + " lost " + task.id() + " epoch " + task.epoch() + " after " + unnamed
                    + " counted beats in a row that did not name it");
        }
    }

    void committed(Decided decided) {
        if (!(decided.result() instanceof Result.Decided(Decision decision))) {
            return;
        }
        Task after = decision.task();
        world.say("decided", after.id() + " " + decided.event().getClass().getSimpleName() + " -> " + after.phase() + " epoch "
                + after.epoch());
        of(after.id()).decided(decided, decision);
    }

    /** As it is decided: what is taken later in the same transaction is no excuse. */
    void decides(int partition, TaskEvent event) {
        if (event instanceof TaskEvent.OwnerLost(WorkerId owner, TaskEvent.Loss loss, var _) && loss == TaskEvent.Loss.SILENT) {
            silent(owner, partition);
        }
    }

    private void silent(WorkerId owner, int partition) {
        long silent = taken.getOrDefault(partition, 0L) - lastRecords.getOrDefault(partition + "/" + owner, Long.MIN_VALUE / 2);
        if (silent < LEAST_SILENCE * tickMillis) {
            // Thrown from here, the coordinator would take it for a fault of its own.
            complaint = Optional.of("rule 2: " + owner + " was found silent " + silent + " ms after its last record");
        }
    }

    /** Each decision, as it is made: a dispatch needs room (rule 11). */
    void decided(int partition, Result result) {
        if (result instanceof Result.Decided(Decision decision)) {
            dispatches(partition).decided(decision).ifPresent(what -> complaint = Optional.of(what));
        }
    }

    DispatchAccount dispatches(int partition) {
        return dispatches.computeIfAbsent(partition, _ -> new DispatchAccount(reading));
    }

    /** Says what was seen while a record was decided on. */
    void complain(int partition) {
        complaint = complaint.or(dispatches(partition)::done);
        complaint.ifPresent(what -> {
            throw new Broken(what);
        });
    }

    void dispatched(WorkDispatched work) {
        of(work.taskId()).dispatched(work);
    }

    /** A public event: each id stands there once. */
    void published(Stored record) {
        String id = record.topic() + " " + Site.text(record, "ce_id");
        if (!publicEvents.add(id)) {
            throw new Broken("I2: " + id + " was published twice");
        }
        String type = Site.text(record, "ce_type");
        if (record.topic().contains("deliverables")) {
            of(new TaskId(Site.text(record, "ce_subject"))).published(type, Site.text(record, "ce_id"));
        }
    }

    /**
     * A worker asks the model for the reply after {@code replies} that it has.
     *
     * @param began when the run did
     */
    void asks(WorkDispatched work, WorkerId worker, int replies, boolean wantsGrant, long began) {
        String what = work.taskId() + " epoch " + work.epoch() + " reply " + replies;
        world.say(worker.value(), "asks: " + what);
        if (!asked.add(what + " by " + worker)) {
            throw new Broken("I5: " + worker + " asks twice: " + what);
        }
        of(work.taskId()).asked(work, worker, replies, wantsGrant);
        long woke = awake.getOrDefault(worker, 0L);
        if (began < woke) {
            of(work.taskId()).goesOnAfterASilence(work, worker, woke);
        }
    }

    /** A worker that was suspended for so long that it may have lost its runs goes on. */
    void wakes(WorkerId worker) {
        awake.put(worker, world.now());
    }

    /** All faults are over and all time that was needed has passed. */
    void end() {
        accounts.values().forEach(TaskAccount::end);
    }
}
