package dev.relais.coordinator.streams;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.coordinator.routing.RouteRule;
import dev.relais.coordinator.task.Decider;
import dev.relais.coordinator.task.Decision;
import dev.relais.coordinator.task.Effect;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.Payload;
import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.coordinator.task.TaskMachine;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Extension;

/** Loads a task, lets the machine decide, stores what it decided and carries its effects out: one transaction for all of it. */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Decider machine;
    private final Stores stores;
    private final Outbox outbox;
    private final ShardMetrics metrics;
    private final AgentRegistry agents;
    private final int partition;
    private final Map<TaskId, Told> told = new LinkedHashMap<>();

    Ledger(Decider machine, Stores stores, Outbox outbox, ShardMetrics metrics, AgentRegistry agents, int partition) {
        this.machine = machine;
        this.stores = stores;
        this.outbox = outbox;
        this.metrics = metrics;
        this.agents = agents;
        this.partition = partition;
    }

    /** What watchers are to see of a task when the record in hand is done with. */
    private record Told(TaskSnapshot snapshot, Task task) {}

    /** What became of an event. */
    enum Outcome {
        DECIDED,
        UNKNOWN_TASK
    }

    /** The machine could not decide, which is a fault of ours. Nothing of the event was applied. */
    static final class Undecided extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undecided(TaskId id, TaskEvent event, RuntimeException cause) {
            super("task " + id + " cannot take " + event.getClass().getSimpleName() + ": " + cause, cause);
        }
    }

    /** @throws Undecided where a fault of ours was met; whoever has the record buries it */
    Outcome tell(TaskId id, TaskEvent event, Now now) {
        Task before = stores.task(id);
        return switch (decide(id, before, event, now)) {
            case TaskMachine.Result.Unknown _ -> Outcome.UNKNOWN_TASK;
            case TaskMachine.Result.Decided(Decision decision) -> {
                apply(before, decision);
                yield Outcome.DECIDED;
            }
        };
    }

    /** What the shard itself says to a task: no record could be buried for it, so the task ends with the fault as its reason. */
    void remind(TaskId id, TaskEvent event, Now now) {
        try {
            tell(id, event, now);
        } catch (Undecided e) {
            LOG.error("A task ends because of a fault of the coordinator", e);
            end(id, e, now);
        }
    }

    private void end(TaskId id, Undecided fault, Now now) {
        try {
            tell(id, new TaskEvent.Faulty(String.valueOf(fault.getMessage())), now);
        } catch (Undecided again) {
            // Something of the record may be written by now, so it cannot be buried: the transaction is aborted.
            throw new IllegalStateException("task " + id + " cannot even be ended", again);
        }
    }

    private TaskMachine.Result decide(TaskId id, @Nullable Task before, TaskEvent event, Now now) {
        try {
            return machine.decide(before, event, now);
        } catch (RuntimeException e) {
            throw new Undecided(id, event, e);
        }
    }

    private void apply(@Nullable Task before, Decision decision) {
        Task after = decision.task();
        if (!after.equals(before)) {
            if (before == null) {
                stores.add(after);
            } else {
                stores.put(after);
            }
            index(before, after);
            stores.tally().moved(before, after);
        }
        decision.effects().forEach(effect -> carryOut(effect, after));
    }

    /** Which runs each worker owns and which work stands in the inbox follow from the phases before and after. */
    private void index(@Nullable Task before, Task after) {
        Outside outside = stores.outside();
        if (before != null && before.phase() instanceof Phase.Claimed was && !isSameRun(before, after)) {
            outside.ended(was.owner(), after.id());
        }
        if (after.phase() instanceof Phase.Claimed is && (before == null || !isSameRun(before, after))) {
            outside.runs(new Outside.Owned(is.owner(), after.id(), after.epoch(), after.agent(), 0));
        }
        boolean stood = before != null && before.phase() instanceof Phase.Dispatched;
        boolean stands = after.phase() instanceof Phase.Dispatched;
        if (stands && !stood) {
            outside.stands(new Outside.Standing(after.id(), after.agent(), stores.tally().nextDispatch()));
        } else if (stood && !stands) {
            outside.stoodUp(after.id());
        }
    }

    private static boolean isSameRun(Task before, Task after) {
        return before.phase() instanceof Phase.Claimed was && after.phase() instanceof Phase.Claimed is
                && was.owner().equals(is.owner())
                && before.epoch() == after.epoch();
    }

    private void carryOut(Effect effect, Task task) {
        TaskId id = task.id();
        switch (effect) {
            case Effect.Enqueue _ -> stores.enqueue(task);
            case Effect.Dequeue _ -> stores.dequeue(id);
            case Effect.Dispatch(WorkDispatched work) -> dispatch(work, task);
            case Effect.KeepOffset(long offset) -> stores.keepOffset(id, offset);
            case Effect.KeepOutcome keep -> stores.keep(id, keep.value());
            case Effect.PublishBytes publish ->
                deliver(publish.agent(), publish.eventId(), EventType.DELIVERABLE_PUBLISHED, publish.value(), task);
            case Effect.PublishKept publish -> stores.takeKept(id)
                    .ifPresent(kept -> deliver(publish.agent(), publish.eventId(), EventType.DELIVERABLE_PUBLISHED, kept, task));
            case Effect.DropKept _ -> stores.takeKept(id);
            case Effect.PublishFailure failure ->
                deliver(failure.agent(), failure.eventId(), EventType.TASK_FAILED, failure.value(), task);
            case Effect.Publish publish ->
                outbox.write(Sinks.deliverables(task.agent()), id.value(), publish.eventId(), publish.outcome(), trace(task));
            case Effect.AskValidation ask ->
                outbox.write(Sinks.VALIDATIONS, id.value(), ask.eventId(), EventType.VALIDATION_REQUESTED, ask.value(),
                        trace(task));
            case Effect.Note(InputRecorded record) ->
                outbox.write(Sinks.VALIDATIONS, id.value(),
                        id + "/input/" + new EventRef(record.source(), record.input()).key() + "/" + record.standing(), record,
                        trace(task));
            case Effect.Raise raise -> raise(raise, task);
            case Effect.Control control -> outbox.write(Sinks.CONTROL, id.value(), outbox.nextId(), control.event(), Map.of());
            case Effect.Mail mail -> outbox.write(Sinks.REQUESTS, mail.key(), mail.eventId(), mail.event(), trace(task));
            case Effect.Bury bury -> outbox.bury(bury.letter());
            case Effect.Tell tell -> told.put(id, new Told(tell.snapshot(), task));
            case Effect.StartTimer timer -> stores.timers().start(id, timer.timer().name(), timer.due().toEpochMilli());
            case Effect.StopTimer timer -> stores.timers().stop(id, timer.timer().name(), timer.due().toEpochMilli());
            case Effect.Count(String what) -> metrics.count(what);
            case Effect.Forget _ -> {
                stores.tally().forgotten(task);
                stores.forget(id);
                told.remove(id);
                outbox.erase(Sinks.TASKS, id.value());
            }
        }
    }

    /** Tells watchers how the tasks of the record in hand stand now: once each, although a new task that finds room is ready and dispatched with one record. */
    void tellWatchers() {
        told.forEach((id, last) -> outbox.write(Sinks.TASKS, id.value(), outbox.nextId(), last.snapshot(), trace(last.task())));
        told.clear();
    }

    private void dispatch(WorkDispatched work, Task task) {
        List<Long> offsets = stores.offsets(task.id());
        var complete = new WorkDispatched(work.taskId(), work.epoch(), work.round(), work.agent(), work.request(), work.mode(),
                work.inputs(), partition,
                offsets, work.envelope(), work.wallSpent(), work.suspect());
        metrics.dispatched(work.agent());
        outbox.write(Sinks.inbox(work.agent()), task.id().value(), task.id() + "/" + work.epoch() + "/work", complete,
                trace(task));
    }

    private void deliver(AgentName agent, String eventId, EventType type, Payload value, Task task) {
        metrics.delivered(agent);
        outbox.write(Sinks.deliverables(agent), task.id().value(), eventId, type, value, trace(task));
    }

    /** Each receiver's copy has the child's id; an agent that nobody plays is never forwarded to, chef-equipe receives its copy (rule 9). */
    private void raise(Effect.Raise raise, Task task) {
        for (RouteRule.Copy copy : RouteRule.copies(raise.children(), agents)) {
            var extensions = new HashMap<>(trace(task));
            if (copy instanceof RouteRule.Copy.Redirected redirected) {
                extensions.put(Extension.REASON, redirected.reason());
            }
            outbox.write(Sinks.inbox(copy.inbox()), task.id().value(), copy.child().toString(), EventType.ESCALATION_RAISED,
                    raise.value(), extensions);
        }
    }

    private static Map<String, String> trace(Task task) {
        var trace = new HashMap<>(Map.of(Extension.CORRELATION, task.origin().correlation()));
        String traceparent = task.origin().traceparent();
        if (traceparent != null) {
            trace.put(Extension.TRACEPARENT, traceparent);
        }
        String personaHash = task.prefix().personaHash();
        if (personaHash != null) {
            trace.put(Extension.PERSONA_HASH, personaHash);
        }
        return trace;
    }
}
