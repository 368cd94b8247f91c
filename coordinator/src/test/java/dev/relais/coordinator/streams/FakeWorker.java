package dev.relais.coordinator.streams;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;

/** Writes into the journal what a worker would, step by step. */
final class FakeWorker {
    static final Usage USAGE = new Usage(10, 20, 30, 40);

    private final Rig rig;
    private final WorkerId id;
    private final int capacity;
    private final TreeSet<String> named = new TreeSet<>();
    private final Map<String, Integer> next = new TreeMap<>();

    FakeWorker(Rig rig, String id, int capacity) {
        this.rig = rig;
        this.id = new WorkerId(id);
        this.capacity = capacity;
    }

    /** A beat that names every run that this worker has. */
    FakeWorker beats() {
        return beats(Math.max(0, capacity - named.size()), List.copyOf(named));
    }

    FakeWorker beats(int free, List<String> runs) {
        var beat = new Event<EventData>("beat", "relais/worker/" + id, id.value(), rig.now(), Map.of(),
                new Beat(List.of(Rig.AGENT), capacity, free, runs));
        rig.journal(rig.codec.headers(beat), rig.codec.key(beat), rig.codec.value(beat.data()));
        return this;
    }

    /** Claims, and hears all that the work brings. */
    FakeWorker takes(WorkDispatched work) {
        claims(work, false);
        return hears(work);
    }

    private FakeWorker hears(WorkDispatched work) {
        work.inputs()
                .forEach(input -> writes(work, new JournalEntry.Heard(input.id(), input.kind(), input.text(), input.raised())));
        return this;
    }

    FakeWorker claims(WorkDispatched work, boolean wantsGrant) {
        next.put(key(work), 0);
        named.add(key(work));
        return writes(work, new JournalEntry.Claimed("host", null), wantsGrant);
    }

    /** Asks for its grant: a suspect whose turn has come. */
    FakeWorker begins(WorkDispatched work) {
        writes(work.taskId(), work.epoch(), 0, new JournalEntry.Claimed("host", null), true);
        return this;
    }

    /** Claims with a frame, whose persona has this hash, and hears all that the work brings. */
    FakeWorker frames(WorkDispatched work, String personaHash) {
        next.put(key(work), 0);
        named.add(key(work));
        writes(work, new JournalEntry.Claimed("host", new JournalEntry.Frame(1, "persona", personaHash,
                JsonNodeFactory.instance.arrayNode(), "m", 1, "/workspace")));
        return hears(work);
    }

    FakeWorker replies(WorkDispatched work) {
        return writes(work, new JournalEntry.Replied(JsonNodeFactory.instance.arrayNode(), "tool_use", "m", USAGE,
                new BigDecimal("0.5"), "req", 7));
    }

    FakeWorker delivers(WorkDispatched work) {
        return delivers(work, DeliverablePublished.COMPLETED, "done");
    }

    FakeWorker delivers(WorkDispatched work, String status, String text) {
        concludes(work, new Conclusion.Delivered(deliverable(work, status, text)));
        return this;
    }

    static DeliverablePublished deliverable(WorkDispatched work, String status, String text) {
        return new DeliverablePublished(work.taskId(), work.agent(), work.round(), "code", List.of(), "completed", status, null,
                text,
                List.of(), null, null, null, digest(work, text), USAGE, null, 1, Duration.ofSeconds(1), "m",
                new DeliverablePublished.PersonaRef("backend-dev", "0"));
    }

    static Digest digest(WorkDispatched work, String text) {
        return Digest.of(work.taskId(), work.round(), "", text);
    }

    FakeWorker escalates(WorkDispatched work, Raised raised, String... to) {
        concludes(work, new Conclusion.Escalated(escalation(work, raised, to)));
        return this;
    }

    FakeWorker alerts(WorkDispatched work, Raised raised, String... to) {
        return writes(work, new JournalEntry.Alerted(escalation(work, raised, to)));
    }

    static EscalationRaised escalation(WorkDispatched work, Raised raised, String... to) {
        return new EscalationRaised(work.taskId(), work.agent(), List.of(to).stream().map(AgentName::new).toList(), "structuring",
                "the schema", "two ways", List.of(new EscalationRaised.Option("a", "slow")), List.of("a.sql"), "persona",
                List.of(),
                raised, work.round(), null, null);
    }

    FakeWorker fails(WorkDispatched work, String reason) {
        concludes(work, new Conclusion.Failed(
                new TaskFailed(work.taskId(), work.agent(), work.round(), reason, "why", null, true, USAGE, null, 1)));
        return this;
    }

    FakeWorker yields(WorkDispatched work, String reason) {
        writes(work, new JournalEntry.Yielded(reason, null));
        named.remove(key(work));
        return this;
    }

    private void concludes(WorkDispatched work, Conclusion conclusion) {
        writes(work, new JournalEntry.Concluded(conclusion));
        named.remove(key(work));
    }

    FakeWorker writes(WorkDispatched work, JournalEntry entry) {
        return writes(work, entry, false);
    }

    private FakeWorker writes(WorkDispatched work, JournalEntry entry, boolean wantsGrant) {
        int sequence = next.merge(key(work), 1, Integer::sum) - 1;
        return writes(work.taskId(), work.epoch(), sequence, entry, wantsGrant);
    }

    FakeWorker writes(TaskId task, int epoch, int sequence, JournalEntry entry, boolean wantsGrant) {
        var event = new Event<EventData>(task + "/" + epoch + "." + sequence + "@" + id, "relais/worker/" + id, task.value(),
                rig.now(), EntryHeader.extensions(entry, epoch, id, sequence, wantsGrant ? 1 : 0), entry);
        rig.journal(rig.codec.headers(event), rig.codec.key(event), rig.codec.value(event.data()));
        return this;
    }

    /** Skips a sequence number, as where a batch was lost. */
    FakeWorker loses(WorkDispatched work) {
        next.merge(key(work), 1, Integer::sum);
        return this;
    }

    /** Forgets the run, as a worker does whose thread died. */
    FakeWorker forgets(WorkDispatched work) {
        named.remove(key(work));
        return this;
    }

    WorkerId id() {
        return id;
    }

    private static String key(@Nullable WorkDispatched work) {
        return work == null ? "" : RunKey.of(work.taskId(), work.epoch()).toString();
    }
}
