package dev.relais.coordinator.task;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.schemas.event.WorkerId;

/**
 * All that the coordinator knows of one task, but for the offsets of its accepted entries and a deliverable that awaits its verdict, which
 * lie in stores of their own.
 *
 * @param version of this layout; a release reads the one before
 * @param phase where the task stands
 * @param mode in force; 0 until a project's home told it
 * @param epoch counts dispatches, from 0 before the first
 * @param inputs what waits to be heard, oldest first
 * @param heardInputs ids of verdicts, answers and messages that came, applied or not: a repeat is known by these
 * @param expiries in a row without an accepted entry but claimed or heard (rule 9)
 */
public record Task(int version, TaskRequested request, String contentHash, String correlation, @Nullable String traceparent,
        Phase phase, int mode,
        int round, int epoch, List<Input> inputs, Set<String> heardInputs, Envelope envelope, int turns, Usage usage,
        @Nullable BigDecimal costUsd, Usage wasted, long wallTicks, int expiries, boolean suspect, int backoffs, boolean started,
        @Nullable Instant frameAt, List<ChildId> openChildren, Instant submittedAt, Instant updatedAt) {
    public static final int VERSION = 1;

    public Task {
        inputs = List.copyOf(inputs);
        heardInputs = Set.copyOf(heardInputs);
        openChildren = List.copyOf(openChildren);
    }

    /** Where a task stands. */
    public sealed interface Phase {
        /** Waits for its project's mode. */
        record AwaitingMode(int asked) implements Phase {}

        /** Waits in the ready queue. */
        record Ready() implements Phase {}

        /** Waits out a backoff before it is ready again. */
        record BackingOff() implements Phase {}

        /** Stands in the inbox. {@code sinceTick} is the counted tick of its dispatch. */
        record Dispatched(long sinceTick) implements Phase {}

        /** Runs. {@code next} is the sequence number that counts next; {@code sinceTick} the counted tick of its claim. */
        record Claimed(WorkerId owner, int next, long sinceTick) implements Phase {}

        /** A deliverable waits for its verdict. */
        record AwaitingVerdict(Digest digest) implements Phase {}

        /** Waits for the answer to an escalation. */
        record AwaitingAnswer() implements Phase {}

        /** Ended. */
        record Ended(dev.relais.schemas.event.TaskState state, String reason) implements Phase {}
    }
}
