package dev.relais.deploy.simulation;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Decider;
import dev.relais.coordinator.task.Decision;
import dev.relais.coordinator.task.Effect;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.coordinator.task.TaskMachine.Result;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** The machine with one rule broken, by what it is told or by what it decided: the machine itself is the real one. */
record MutatedDecider(Mutation mutation, Decider real) implements Decider {
    @Override
    public Result decide(@Nullable Task task, TaskEvent event, Now now) {
        if (task == null) {
            return real.decide(null, event, now);
        }
        return switch (mutation) {
            case OLD_EPOCH_COUNTS, SEQUENCE_UNCHECKED, OWNER_UNCHECKED -> real.decide(task, bent(task, event), now);
            case PROGRESS_IS_POISON ->
                real.decide(event instanceof TaskEvent.OwnerLost ? withoutProgress(task) : task, event, now);
            case WAITING_IS_POISON -> real.decide(event instanceof TaskEvent.OwnerLost ? asBegun(task) : task, event, now);
            case RETURN_IS_POISON -> real.decide(task, withoutReturns(event), now);
            case VERDICT_IGNORES_DIGEST -> real.decide(task, aimed(task, event), now);
            case INPUT_FORGOTTEN_AT_DISPATCH -> withoutInputs(real.decide(task, event, now));
            case OUTCOME_OVER_PENDING_INPUT ->
                real.decide(isConclusion(event) ? with(task, List.of(), task.words().seen()) : task, event,
                        now);
            case REPEATED_WORD_APPLIED ->
                real.decide(isWord(event) ? with(task, task.words().pending(), List.of()) : task, event, now);
            default -> real.decide(task, event, now);
        };
    }

    private TaskEvent bent(Task task, TaskEvent event) {
        if (!(event instanceof TaskEvent.Entry entry) || !(task.phase() instanceof Phase.Claimed claimed)) {
            return event;
        }
        EntryHeader header = entry.header();
        boolean isCurrent = header.epoch() == task.epoch();
        boolean isOwner = header.owner().equals(claimed.owner());
        boolean bends = switch (mutation) {
            case OLD_EPOCH_COUNTS -> !isCurrent;
            case SEQUENCE_UNCHECKED -> isCurrent && isOwner;
            default -> isCurrent && !isOwner;
        };
        return bends
                ? new TaskEvent.Entry(as(header, task.epoch(), claimed.owner(), claimed.next()), entry.offset(), entry.value())
                : event;
    }

    private static EntryHeader as(EntryHeader header, int epoch, WorkerId owner, int sequence) {
        return new EntryHeader(header.type(), header.task(), epoch, owner, sequence, header.wantsGrant(), header.question(),
                header.input(),
                header.usage(),
                header.costUsd(), header.outcome(), header.statusVerified(), header.digest(), header.reason(),
                header.redrivable(),
                header.receivers(), header.raised(), header.personaHash());
    }

    private static TaskEvent aimed(Task task, TaskEvent event) {
        return event instanceof TaskEvent.Verdict verdict && task.phase() instanceof Phase.AwaitingVerdict wait
                ? new TaskEvent.Verdict(verdict.ref(), verdict.judgement(), wait.digest(), verdict.text(), verdict.by(),
                        verdict.envelope())
                : event;
    }

    /** What was to be heard is taken for heard as soon as it is sent. */
    private static Result withoutInputs(Result result) {
        if (!(result instanceof Result.Decided(Decision decision))
                || decision.effects().stream().noneMatch(Effect.Dispatch.class::isInstance) || decision.task().epoch() < 2) {
            return result;
        }
        List<Effect> effects = decision.effects().stream().map(MutatedDecider::withoutInputs).toList();
        return new Result.Decided(new Decision(with(decision.task(), List.of(), decision.task().words().seen()), effects));
    }

    private static Effect withoutInputs(Effect effect) {
        return effect instanceof Effect.Dispatch(WorkDispatched work)
                ? new Effect.Dispatch(new WorkDispatched(work.taskId(), work.epoch(), work.round(), work.agent(), work.request(),
                        work.mode(), List.of(), work.journalPartition(), work.offsets(), work.envelope(), work.wallSpent(),
                        work.suspect()))
                : effect;
    }

    private static boolean isConclusion(TaskEvent event) {
        return event instanceof TaskEvent.Entry entry && entry.header().type() == EventType.RUN_CONCLUDED;
    }

    private static boolean isWord(TaskEvent event) {
        return event instanceof TaskEvent.Message || event instanceof TaskEvent.Answer;
    }

    private static TaskEvent withoutReturns(TaskEvent event) {
        return event instanceof TaskEvent.OwnerLost lost
                ? new TaskEvent.OwnerLost(lost.owner(), lost.loss(), Set.of())
                : event;
    }

    private static Task withoutProgress(Task task) {
        Task.Trouble was = task.trouble();
        return with(task, new Task.Trouble(was.expiries(), was.suspect(), false, was.backoffs(), was.faults(), was.silent(),
                was.begun()));
    }

    private static Task asBegun(Task task) {
        Task.Trouble was = task.trouble();
        return with(task, new Task.Trouble(was.expiries(), was.suspect(), was.progressed(), was.backoffs(), was.faults(),
                was.silent(), was.suspect()));
    }

    private static Task with(Task task, Task.Trouble trouble) {
        return new Task(task.version(), task.origin(), task.phase(), task.mode(), task.round(), task.epoch(), task.words(),
                task.envelope(), task.spent(), trouble, task.prefix(), task.children(), task.updatedAt());
    }

    private static Task with(Task task, List<WorkDispatched.Input> pending, List<String> seen) {
        return new Task(task.version(), task.origin(), task.phase(), task.mode(), task.round(), task.epoch(),
                new Task.Words(pending, seen, task.words().judged()), task.envelope(), task.spent(), task.trouble(),
                task.prefix(),
                task.children(), task.updatedAt());
    }
}
