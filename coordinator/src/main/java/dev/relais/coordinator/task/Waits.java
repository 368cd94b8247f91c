package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.schemas.event.InputRecorded;

/** What happens when a wait has lasted long enough. Calendar timers compare with append times, never with a clock. */
final class Waits {
    /** Two days before the journal forgets the frame (rule 7). */
    static final Duration OLDEST_FRAME = Duration.ofDays(28);

    /** Of the record of a wait that nobody's event ended. */
    private static final String SOURCE = "relais/coordinator";

    private final Ending ending;

    Waits(Ending ending) {
        this.ending = ending;
    }

    Decision fired(Draft draft, TaskEvent.TimerFired fired) {
        if (!fired.due().equals(due(draft.task(), fired.timer()))) {
            // The task has moved on since the timer was set.
            return draft.decided("");
        }
        return switch (fired.timer()) {
            case BACKOFF -> draft.enqueue().decided("backoff is over");
            case FORGET -> draft.effect(new Effect.Forget()).decided("");
            case WAIT -> expired(draft);
        };
    }

    private static Instant due(Task task, TaskEvent.Timer timer) {
        return switch (task.phase()) {
            case Phase.BackingOff backing when timer == TaskEvent.Timer.BACKOFF -> backing.due();
            case Phase.AwaitingVerdict wait when timer == TaskEvent.Timer.WAIT -> wait.due();
            case Phase.AwaitingAnswer wait when timer == TaskEvent.Timer.WAIT -> wait.due();
            case Phase.Ended ended when timer == TaskEvent.Timer.FORGET -> ended.forgetAt();
            case Phase.AwaitingMode _,Phase.Ready _,Phase.BackingOff _,Phase.Dispatched _,Phase.Claimed _,Phase.AwaitingVerdict _,Phase.AwaitingAnswer _,Phase.Ended _ ->
                Instant.MIN;
        };
    }

    /** The end of a wait of this length, cut where the conversation itself would be lost before. */
    static Instant end(Instant now, Task task) {
        Instant wait = now.plus(Conclusions.LONGEST_WAIT);
        Instant frameAt = task.prefix().frameAt();
        Instant frame = frameAt == null ? wait : frameAt.plus(OLDEST_FRAME);
        return frame.isBefore(wait) ? frame : wait;
    }

    private Decision expired(Draft draft) {
        Task task = draft.task();
        String kind = task.phase() instanceof Phase.AwaitingVerdict ? "verdict" : "answer";
        var digest = task.phase() instanceof Phase.AwaitingVerdict wait ? wait.digest() : null;
        draft.effect(new Effect.Note(
                new InputRecorded(task.id(), task.id() + "/wait", SOURCE, kind, "timed-out", null, digest, null, null,
                        task.round())));
        return ending.failed(draft, "expired",
                "no " + kind
                        + " came in time (14 days, and never past the journal's memory); ask for the task again, under another task id");
    }
}
