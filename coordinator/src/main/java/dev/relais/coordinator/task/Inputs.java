package dev.relais.coordinator.task;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task.Child;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.ControlEvent.StopRun;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkDispatched.Input;

/** What people and other agents say to a task: each word counts once and none is lost (I13), and what became of it is recorded. */
final class Inputs {
    /** More unheard words than this go to dead letters as {@code too-many-inputs}, so that a dispatch fits into an inbox's record. */
    static final int MOST_PENDING = 200;
    /** Of all unheard words but the request itself. */
    static final int MOST_PENDING_BYTES = 256 * 1024;

    private final Ending ending;

    Inputs(Ending ending) {
        this.ending = ending;
    }

    Decision answer(Draft draft, TaskEvent.Answer answer) {
        String by = answer.by() == null ? answer.child().receiver().value() : answer.by();
        var said = new Said("answer", answer.ref(), null, null, answer.text(), by);
        if (said.isRepeated(draft)) {
            return said.noted(draft, "repeated");
        }
        if (draft.task().phase() instanceof Phase.Ended) {
            return said.noted(draft, "late");
        }
        if (draft.task().children().stream().noneMatch(child -> child.id().equals(answer.child()))) {
            bury(draft, "unknown-child", "task " + draft.id() + " raised no escalation " + answer.child()
                    + "; the child id is the CloudEvents id of the inbox event", "/child");
            return said.noted(draft, "stale");
        }
        return answered(draft, answer, said);
    }

    private static Decision answered(Draft draft, TaskEvent.Answer answer, Said said) {
        Raised raised = answer.child().raised();
        if (draft.task().phase() instanceof Phase.AwaitingAnswer wait && wait.raised().equals(raised)) {
            draft.effect(new Effect.StopTimer(TaskEvent.Timer.WAIT, wait.due())).effect(said.recorded(draft, "applied"));
            if (raised.place() == Raised.WHOLE_REPLY) {
                draft.nextRound();
            }
            closed(draft, answer);
            draft.words(words -> words.came(answer.ref().key())
                    .waiting(new Input(answer.ref().key(), InputKind.ANSWER, answer.text(), raised, said.by())));
            return draft.enqueue().decided("answered");
        }
        // Its call has its result already, or is not waited for: it is one more word, and says itself whose.
        String text = answer.child().receiver() + " answers the question raised at " + raised + ":\n" + answer.text();
        return switch (besides(draft, new Input(answer.ref().key(), InputKind.MESSAGE, text, null, said.by()), said)) {
            case Besides.Taken(String reason) -> closed(draft, answer).decided(reason);
            case Besides.Refused(String detail) -> tooMany(draft, detail);
        };
    }

    private static Draft closed(Draft draft, TaskEvent.Answer answer) {
        ChildId id = answer.child();
        List<Child> children = draft.task().children().stream()
                .map(child -> child.id().equals(id) ? new Child(id, true) : child).toList();
        return draft.children(children).granted(answer.envelope());
    }

    Decision message(Draft draft, TaskEvent.Message message) {
        var said = new Said("message", message.ref(), null, null, message.text(), message.by());
        if (said.isRepeated(draft)) {
            return said.noted(draft, "repeated");
        }
        if (draft.task().phase() instanceof Phase.Ended) {
            return said.noted(draft, "late");
        }
        var input = new Input(message.ref().key(), InputKind.MESSAGE, message.text(), null, message.by());
        return switch (besides(draft, input, said)) {
            case Besides.Taken(String reason) -> draft.decided(reason);
            case Besides.Refused(String detail) -> tooMany(draft, detail);
        };
    }

    /** What became of a word that nothing waits for. */
    private sealed interface Besides {
        record Taken(String reason) implements Besides {}

        record Refused(String detail) implements Besides {}
    }

    /**
     * Heard when the run that goes on has ended, or together with the answer that is awaited. To a deliverable that waits for its verdict it
     * counts as {@code changes}: an ok would leave it unheard for ever.
     */
    private static Besides besides(Draft draft, Input input, Said said) {
        var words = draft.task().words();
        int bytes = words.pending().stream().filter(waiting -> waiting.kind() != InputKind.REQUEST)
                .mapToInt(waiting -> bytes(waiting.text())).sum() + bytes(input.text());
        if (words.pending().size() >= MOST_PENDING || bytes > MOST_PENDING_BYTES) {
            return new Besides.Refused(words.pending().size() + " words wait to be heard already; wait until it has heard them");
        }
        if (words.seen().size() >= Said.MOST_REMEMBERED) {
            return new Besides.Refused("it has heard its " + words.seen().size() + " words; ask for a new task");
        }
        if (draft.task().phase() instanceof Phase.AwaitingVerdict wait) {
            draft.words(now -> now.came(input.id()).judged(wait.digest())).effect(said.recorded(draft, "applied"));
            Verdicts.anotherRound(draft, new Input(input.id(), InputKind.CHANGES, input.text(), null, input.by()));
            return new Besides.Taken("changes");
        }
        draft.words(now -> now.came(input.id()).waiting(input)).effect(said.recorded(draft, "pending"));
        return new Besides.Taken("");
    }

    /** As JSON has it, at most. */
    private static int bytes(String text) {
        return text.chars().map(c -> c < ' ' ? 6 : c < 0x80 ? 2 : 3).sum();
    }

    private static Decision tooMany(Draft draft, String detail) {
        return bury(draft, "too-many-inputs", "task " + draft.id() + ": " + detail, null).decided("");
    }

    Decision cancel(Draft draft, TaskEvent.Cancel cancel) {
        var said = new Said("cancel", cancel.ref(), null, null, cancel.reason(), cancel.by());
        Task task = draft.task();
        if (task.phase() instanceof Phase.Ended) {
            return said.noted(draft, "late");
        }
        if (task.phase() instanceof Phase.Claimed || task.phase() instanceof Phase.Dispatched) {
            draft.effect(new Effect.Control(new StopRun(RunKey.of(task.id(), task.epoch()).toString(), task.id(), task.epoch())));
        }
        if (task.phase() instanceof Phase.Claimed claimed) {
            draft.spent(spent -> spent.wall(draft.now().tick() - claimed.sinceTick()));
        }
        var canceled = new TaskCanceled(task.id(), task.agent(), task.round(), cancel.reason(), cancel.by(), task.spent().usage(),
                task.spent().turns());
        draft.effect(new Effect.Publish(canceled, Ending.endId(task))).effect(said.recorded(draft, "applied"));
        return ending.ended(draft, TaskState.CANCELED, cancel.reason() == null ? "canceled" : cancel.reason());
    }

    private static Draft bury(Draft draft, String reason, String detail, @Nullable String where) {
        String key = draft.id().value();
        return draft.effect(new Effect.Bury(
                new DeadLetter(reason, detail, where, draft.id(), null, null, null, false, Map.of(), key, null, false)));
    }
}
