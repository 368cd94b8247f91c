package dev.relais.coordinator.task;

import java.time.Instant;
import java.util.List;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.OutcomeEvent;
import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.WorkDispatched;

/** What follows from a decision. The shard carries effects out, in order, in the transaction that stores the new state. */
public sealed interface Effect {
    /** Wait in the shard's ready queue: higher priority first, then first come. */
    record Enqueue(int priority) implements Effect {}

    /** Leave the ready queue. */
    record Dequeue() implements Effect {}

    /** Put work into the agent's inbox. The shard fills in partition and offsets, which lie beside the state. */
    record Dispatch(WorkDispatched work) implements Effect {}

    /** The entry at this offset is accepted: it belongs to the prefix. */
    record KeepOffset(long offset) implements Effect {}

    /** Keep a deliverable's bytes until its verdict. */
    record KeepOutcome(Payload value) implements Effect {}

    /** Publish on {@code deliverables.<agent>} the bytes of the entry that is decided on. */
    record PublishBytes(AgentName agent, String eventId, Payload value) implements Effect {}

    /** Publish the kept bytes on {@code deliverables.<agent>} and drop them. */
    record PublishKept(AgentName agent, String eventId) implements Effect {}

    /** Drop the kept bytes. */
    record DropKept() implements Effect {}

    /** Publish how a task ended otherwise; the value of an accepted failure is the machine's own record. */
    record Publish(OutcomeEvent outcome, String eventId) implements Effect {}

    /** Publish the worker's failure as it wrote it. */
    record PublishFailure(AgentName agent, String eventId, Payload value) implements Effect {}

    /** Put a deliverable on {@code validations}, complete. */
    record AskValidation(String eventId, Payload value) implements Effect {}

    /** Say on {@code validations} what became of an input. */
    record Note(InputRecorded record) implements Effect {}

    /** Put an escalation into each receiver's inbox; the event's id is the child id. A receiver that no registry names becomes chef-equipe. */
    record Raise(List<ChildId> children, Payload value) implements Effect {}

    record Control(ControlEvent event) implements Effect {}

    /** Mail to another shard, by way of {@code requests}, keyed {@code key}. */
    record Mail(String key, String eventId, RequestEvent event) implements Effect {}

    record Bury(DeadLetter letter) implements Effect {}

    record Tell(TaskSnapshot snapshot) implements Effect {}

    record StartTimer(TaskEvent.Timer timer, Instant due) implements Effect {}

    /** @param due of the timer, as it was started */
    record StopTimer(TaskEvent.Timer timer, Instant due) implements Effect {}

    /** The task is over and long past: drop all that the shard holds of it. */
    record Forget() implements Effect {}

    /** Something worth a counter: expired leases, fenced entries, … */
    record Count(String what) implements Effect {}
}
