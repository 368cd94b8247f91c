package dev.relais.coordinator.task;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;

/** What a task can be told. */
public sealed interface TaskEvent {
    /**
     * A request, validated, with {@code taskId} and {@code agent} filled in.
     *
     * @param ref the event; its key becomes the id of the task's first input
     * @param contentHash sha256 in hex over the normalised request: the same id with another hash is a conflict
     * @param correlation the root task's id
     */
    record Requested(EventRef ref, TaskRequested request, String contentHash, String correlation,
            @Nullable String traceparent) implements TaskEvent {}

    /** A project's home told the mode. */
    record ModeTold(int mode, int number) implements TaskEvent {}

    /** The shard has room: begin the next epoch. */
    record DispatchDue() implements TaskEvent {}

    /**
     * A record of a run.
     *
     * @param value its bytes, copied to public topics and never parsed
     */
    record Entry(EntryHeader header, long offset, Payload value) implements TaskEvent {}

    /**
     * The owner is silent, or three of its beats did not name the run.
     *
     * @param living the workers that have been heard for a lease since they were last found silent, if ever
     */
    record OwnerLost(WorkerId owner, Loss loss, Set<WorkerId> living) implements TaskEvent {
        public OwnerLost {
            living = Set.copyOf(living);
        }
    }

    /** The dispatched work stood unclaimed for 20 counted ticks while a live worker had a free slot. */
    record StoodUnclaimed() implements TaskEvent {}

    record Verdict(EventRef ref, Judgement judgement, Digest digest, @Nullable String text, @Nullable String by,
            @Nullable Envelope envelope)
            implements
                TaskEvent {}

    record Answer(EventRef ref, ChildId child, String text, @Nullable String by,
            @Nullable Envelope envelope) implements TaskEvent {}

    record Message(EventRef ref, String text, @Nullable String by) implements TaskEvent {}

    record Cancel(EventRef ref, @Nullable String reason, @Nullable String by) implements TaskEvent {}

    /** A timer that the task started fires; {@code due} is the time it was set for. */
    record TimerFired(Timer timer, Instant due) implements TaskEvent {}

    /** The machine could not decide on something that the shard itself said: the task ends rather than stand still. */
    record Faulty(String detail) implements TaskEvent {}

    enum Loss {
        SILENT,
        UNNAMED
    }

    enum Judgement {
        OK,
        CHANGES,
        REFUSE
    }

    /** Calendar timers of a task; at most one of each kind runs. */
    enum Timer {
        /** A wait for a verdict or an answer ends after 14 days. */
        WAIT,
        /** After a yield that was nobody's fault: dispatched again with backoff. */
        BACKOFF,
        /** 30 days after its end a task is forgotten, and its id may be used again. */
        FORGET
    }
}
