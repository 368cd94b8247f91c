package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.Task.Spent;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskState;

/** How a task ends: once, with its event, and remembered for 30 days (rule 8). */
final class Ending {
    static final Duration REMEMBERED = Duration.ofDays(30);

    /** The coordinator's own failure: a typed event, and a dead letter from which it can be redriven. */
    Decision failed(Draft draft, String reason, String detail) {
        Task task = draft.task();
        Spent spent = task.spent();
        var failure = new TaskFailed(task.id(), task.agent(), task.round(), reason, detail, null, true, spent.usage(),
                spent.costUsd(), spent.turns());
        draft.effect(new Effect.Publish(failure, endId(task)));
        bury(draft, reason, detail);
        return ended(draft, TaskState.FAILED, reason);
    }

    /** A fault of ours: the task ends where it has not, and can be redriven. */
    Decision faulty(Draft draft, TaskEvent.Faulty faulty) {
        return draft.task().phase() instanceof Phase.Ended
                ? draft.decided("")
                : failed(draft, "processing-failed", "the coordinator has a fault that this task met: " + faulty.detail());
    }

    /** The worker's: published as it wrote it. */
    Decision failedByWorker(Draft draft, TaskEvent.Entry entry) {
        Task task = draft.task();
        String reason = String.valueOf(entry.header().reason());
        draft.effect(new Effect.PublishFailure(task.agent(), endId(task), entry.value()));
        if (entry.header().redrivable()) {
            bury(draft, reason, "the run ended as failed; the task.failed event on deliverables." + task.agent() + " says why");
        }
        return ended(draft, TaskState.FAILED, reason);
    }

    private static void bury(Draft draft, String reason, String detail) {
        String id = draft.id().value();
        draft.effect(new Effect.Bury(
                new DeadLetter(reason, detail, null, draft.id(), null, null, null, true, Map.of(), id, null, false)));
    }

    Decision ended(Draft draft, TaskState state, String reason) {
        Task task = draft.task();
        switch (task.phase()) {
            case Phase.Ready _ -> draft.effect(new Effect.Dequeue());
            case Phase.BackingOff backing -> draft.effect(new Effect.StopTimer(TaskEvent.Timer.BACKOFF, backing.due()));
            case Phase.AwaitingVerdict wait ->
                draft.effect(new Effect.StopTimer(TaskEvent.Timer.WAIT, wait.due())).effect(new Effect.DropKept());
            case Phase.AwaitingAnswer wait -> draft.effect(new Effect.StopTimer(TaskEvent.Timer.WAIT, wait.due()));
            case Phase.AwaitingMode _,Phase.Dispatched _,Phase.Claimed _,Phase.Ended _ -> {
            }
        }
        Instant forgetAt = draft.now().time().plus(REMEMBERED);
        draft.phase(new Phase.Ended(state, reason, forgetAt));
        draft.effect(new Effect.StartTimer(TaskEvent.Timer.FORGET, forgetAt));
        return draft.decided(reason);
    }

    static String endId(Task task) {
        return task.id() + "/end";
    }
}
