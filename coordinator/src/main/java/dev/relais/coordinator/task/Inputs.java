package dev.relais.coordinator.task;

import java.util.ArrayList;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task.Child;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.validation.VerdictRule;
import dev.relais.schemas.event.ControlEvent.StopRun;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskRejected;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkDispatched.Input;

/** What people and other agents say to a task: each word counts once and none is lost (I13), and what became of it is recorded. */
final class Inputs {
    /** More unheard words than this are refused, so that a dispatch stays below an inbox record's size. */
    static final int MOST_PENDING = 200;
    static final int MOST_PENDING_CHARACTERS = 256 * 1024;

    private final Ending ending;

    Inputs(Ending ending) {
        this.ending = ending;
    }

    Decision verdict(Draft draft, TaskEvent.Verdict verdict) {
        var said = new Said("verdict", verdict.id(), word(verdict.judgement()), verdict.digest(), verdict.text(), verdict.by());
        if (isRepeated(draft, said)) {
            return note(draft, said, "repeated");
        }
        var waiting = draft.task().phase() instanceof Phase.AwaitingVerdict phase ? phase.digest() : null;
        boolean ended = draft.task().phase() instanceof Phase.Ended;
        if (draft.task().phase() instanceof Phase.Ended over && verdict.digest().equals(over.digest())) {
            return note(draft, said, "repeated");
        }
        return switch (VerdictRule.standing(waiting, ended, verdict.digest())) {
            case LATE -> note(draft, said, "late");
            case STALE -> note(draft, said, "stale");
            case APPLIES -> judged(draft, verdict, said);
        };
    }

    private Decision judged(Draft draft, TaskEvent.Verdict verdict, Said said) {
        Task task = draft.task();
        draft.words(words -> words.came(verdict.id())).effect(recorded(draft, said, "applied"));
        return switch (verdict.judgement()) {
            case OK -> {
                draft.effect(new Effect.PublishKept(task.agent(), Conclusions.deliverableId(task)));
                yield ending.ended(draft, TaskState.COMPLETED, "validated", verdict.digest());
            }
            case REFUSE -> {
                var rejected = new TaskRejected(task.id(), task.agent(), task.round(), verdict.digest(), verdict.text(),
                        verdict.by(),
                        task.spent().usage(), task.spent().turns());
                draft.effect(new Effect.Publish(rejected, Ending.endId(task)));
                yield ending.ended(draft, TaskState.REJECTED, "refused", verdict.digest());
            }
            case CHANGES -> anotherRound(draft.granted(verdict.envelope()),
                    new Input(verdict.id(), InputKind.CHANGES, verdict.text() == null ? "" : verdict.text(), null, verdict.by()));
        };
    }

    private static Decision anotherRound(Draft draft, Input input) {
        draft.effect(new Effect.StopTimer(TaskEvent.Timer.WAIT)).effect(new Effect.DropKept());
        return draft.words(words -> words.waiting(input)).nextRound().enqueue().decided("changes");
    }

    Decision answer(Draft draft, TaskEvent.Answer answer) {
        var said = new Said("answer", answer.id(), null, null, answer.text(),
                answer.by() == null ? answer.child().receiver().value() : answer.by());
        if (isRepeated(draft, said)) {
            return note(draft, said, "repeated");
        }
        if (draft.task().phase() instanceof Phase.Ended) {
            return note(draft, said, "late");
        }
        if (draft.task().children().stream().noneMatch(child -> child.id().equals(answer.child()))) {
            draft.effect(new Effect.Bury(new DeadLetter("unknown-child",
                    "task " + draft.id() + " raised no escalation " + answer.child()
                            + "; the child id is the CloudEvents id of the inbox event",
                    "/child", draft.id(), null, null, null, false, Map.of(),
                    draft.id().value(), null, false)));
            return note(draft, said, "stale");
        }
        return answered(draft, answer, said);
    }

    private static Decision answered(Draft draft, TaskEvent.Answer answer, Said said) {
        var children = new ArrayList<Child>();
        draft.task().children()
                .forEach(child -> children.add(child.id().equals(answer.child()) ? new Child(child.id(), true) : child));
        draft.children(children).granted(answer.envelope());
        Raised raised = answer.child().raised();
        if (draft.task().phase() instanceof Phase.AwaitingAnswer wait && wait.raised().equals(raised)) {
            draft.words(words -> words.came(answer.id())
                    .waiting(new Input(answer.id(), InputKind.ANSWER, answer.text(), raised, said.by())));
            draft.effect(new Effect.StopTimer(TaskEvent.Timer.WAIT)).effect(recorded(draft, said, "applied"));
            if (raised.place() == Raised.WHOLE_REPLY) {
                draft.nextRound();
            }
            return draft.enqueue().decided("answered");
        }
        return waits(draft, new Input(answer.id(), InputKind.MESSAGE, answer.text(), null, said.by()), said);
    }

    Decision message(Draft draft, TaskEvent.Message message) {
        var said = new Said("message", message.id(), null, null, message.text(), message.by());
        if (isRepeated(draft, said)) {
            return note(draft, said, "repeated");
        }
        return switch (draft.task().phase()) {
            case Phase.Ended _ -> note(draft, said, "late");
            case Phase.AwaitingVerdict _ -> {
                draft.words(words -> words.came(message.id())).effect(recorded(draft, said, "applied"));
                yield anotherRound(draft, new Input(message.id(), InputKind.CHANGES, message.text(), null, message.by()));
            }
            case Phase.AwaitingMode _,Phase.Ready _,Phase.BackingOff _,Phase.Dispatched _,Phase.Claimed _,Phase.AwaitingAnswer _ ->
                waits(draft, new Input(message.id(), InputKind.MESSAGE, message.text(), null, message.by()), said);
        };
    }

    /** Heard when the run that goes on has ended, or with the answer that is awaited. */
    private static Decision waits(Draft draft, Input input, Said said) {
        var pending = draft.task().words().pending();
        int characters = pending.stream().mapToInt(waiting -> waiting.text().length()).sum() + input.text().length();
        if (pending.size() >= MOST_PENDING || characters > MOST_PENDING_CHARACTERS) {
            draft.effect(new Effect.Bury(new DeadLetter("too-many-inputs", "task " + draft.id() + " has " + pending.size()
                    + " unheard inputs; wait until it has heard them", null, draft.id(), null, null, null, false, Map.of(),
                    draft.id().value(), null,
                    false)));
            return draft.decided("");
        }
        draft.words(words -> words.came(input.id()).waiting(input));
        return note(draft, said, "pending");
    }

    Decision cancel(Draft draft, TaskEvent.Cancel cancel) {
        var said = new Said("cancel", cancel.id(), null, null, cancel.reason(), cancel.by());
        Task task = draft.task();
        if (task.phase() instanceof Phase.Ended) {
            return note(draft, said, "late");
        }
        if (task.phase() instanceof Phase.Claimed || task.phase() instanceof Phase.Dispatched) {
            draft.effect(new Effect.Control(new StopRun(RunKey.of(task.id(), task.epoch()).toString(), task.id(), task.epoch())));
        }
        if (task.phase() instanceof Phase.Claimed claimed) {
            draft.spent(spent -> spent.wall(draft.now().tick() - claimed.sinceTick()));
        }
        var canceled = new TaskCanceled(task.id(), task.agent(), task.round(), cancel.reason(), cancel.by(), task.spent().usage(),
                task.spent().turns());
        draft.effect(new Effect.Publish(canceled, Ending.endId(task))).effect(recorded(draft, said, "applied"));
        return ending.ended(draft, TaskState.CANCELED, cancel.reason() == null ? "canceled" : cancel.reason(), null);
    }

    /** Something that was said, as it is recorded. */
    private record Said(String kind, String id, @Nullable String decision, @Nullable Digest digest, @Nullable String text,
            @Nullable String by) {}

    private static boolean isRepeated(Draft draft, Said said) {
        return draft.task().words().seen().contains(said.id());
    }

    private static Decision note(Draft draft, Said said, String standing) {
        return draft.effect(recorded(draft, said, standing)).decided("");
    }

    private static Effect recorded(Draft draft, Said said, String standing) {
        return new Effect.Note(new InputRecorded(draft.id(), said.id(), said.kind(), standing, said.decision(), said.digest(),
                said.text(), said.by(),
                draft.task().round()));
    }

    private static String word(TaskEvent.Judgement judgement) {
        return switch (judgement) {
            case OK -> "ok";
            case CHANGES -> "changes";
            case REFUSE -> "refuse";
        };
    }
}
