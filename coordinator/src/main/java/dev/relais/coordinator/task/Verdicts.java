package dev.relais.coordinator.task;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.validation.VerdictRule;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.TaskRejected;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.VerdictGiven;
import dev.relais.schemas.event.WorkDispatched.Input;

/** The first verdict on the deliverable that waits counts; any other is recorded and changes nothing (I7). */
final class Verdicts {
    private final Ending ending;

    Verdicts(Ending ending) {
        this.ending = ending;
    }

    Decision verdict(Draft draft, TaskEvent.Verdict verdict) {
        var said = new Said("verdict", verdict.ref(), word(verdict.judgement()), verdict.digest(), verdict.text(), verdict.by());
        Task task = draft.task();
        if (said.isRepeated(draft) || task.words().judged().contains(verdict.digest())) {
            return said.noted(draft, "repeated");
        }
        var awaited = task.phase() instanceof Phase.AwaitingVerdict wait ? wait.digest() : null;
        return switch (VerdictRule.standing(awaited, task.phase() instanceof Phase.Ended, verdict.digest())) {
            case LATE -> said.noted(draft, "late");
            case STALE -> said.noted(draft, "stale");
            case APPLIES -> judged(draft, verdict, said);
        };
    }

    private Decision judged(Draft draft, TaskEvent.Verdict verdict, Said said) {
        Task task = draft.task();
        draft.words(words -> words.came(verdict.ref().key()).judged(verdict.digest())).effect(said.recorded(draft, "applied"));
        return switch (verdict.judgement()) {
            case OK -> {
                draft.effect(new Effect.PublishKept(task.agent(), Conclusions.deliverableId(task)));
                yield ending.ended(draft, TaskState.COMPLETED, "validated");
            }
            case REFUSE -> {
                var rejected = new TaskRejected(task.id(), task.agent(), task.round(), verdict.digest(), verdict.text(),
                        verdict.by(), task.spent().usage(), task.spent().turns());
                draft.effect(new Effect.Publish(rejected, Ending.endId(task)));
                yield ending.ended(draft, TaskState.REJECTED, "refused");
            }
            case CHANGES -> {
                String text = verdict.text() == null || verdict.text().isBlank()
                        ? "Changes are asked for; the verdict does not say which."
                        : verdict.text();
                anotherRound(draft.granted(verdict.envelope()),
                        new Input(verdict.ref().key(), InputKind.CHANGES, text, null, verdict.by()));
                yield draft.decided("changes");
            }
        };
    }

    /** The words are the next user message. */
    static void anotherRound(Draft draft, Input input) {
        if (draft.task().phase() instanceof Phase.AwaitingVerdict wait) {
            draft.effect(new Effect.StopTimer(TaskEvent.Timer.WAIT, wait.due())).effect(new Effect.DropKept());
        }
        draft.words(words -> words.waiting(input));
        draft.nextRound().enqueue();
    }

    private static String word(TaskEvent.Judgement judgement) {
        return switch (judgement) {
            case OK -> VerdictGiven.OK;
            case CHANGES -> VerdictGiven.CHANGES;
            case REFUSE -> VerdictGiven.REFUSE;
        };
    }
}
