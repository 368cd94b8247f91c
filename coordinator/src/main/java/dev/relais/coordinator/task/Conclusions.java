package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.relais.coordinator.routing.RouteRule;
import dev.relais.coordinator.task.Task.Child;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.validation.ModeRule;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.wire.EntryHeader;

/** What a run's outcome leads to: a deliverable, a verdict or an answer to wait for, an end. */
final class Conclusions {
    /** Never over half the journal's retention, so that the answer finds the conversation (rule 7). */
    static final Duration LONGEST_WAIT = Duration.ofDays(14);

    private final Ending ending;

    Conclusions(Ending ending) {
        this.ending = ending;
    }

    Decision concluded(Draft draft, TaskEvent.Entry entry) {
        EntryHeader header = entry.header();
        String outcome = String.valueOf(header.outcome());
        if (outcome.equals(EntryHeader.ESCALATED)) {
            raise(draft, entry);
        }
        if (!draft.task().words().pending().isEmpty()) {
            // An input came while the run went on: the outcome stays in the prefix, and the conversation goes on with the input (rule 7).
            return draft.enqueue().decided("an input is to be heard");
        }
        return switch (outcome) {
            case EntryHeader.ESCALATED -> awaitAnswer(draft, Objects.requireNonNull(header.raised()), "escalated");
            case EntryHeader.FAILED -> ending.failedByWorker(draft, entry);
            default -> delivered(draft, entry);
        };
    }

    private Decision delivered(Draft draft, TaskEvent.Entry entry) {
        EntryHeader header = entry.header();
        Task task = draft.task();
        Digest digest = Objects.requireNonNull(header.digest());
        return switch (ModeRule.release(task.mode(), String.valueOf(header.statusVerified()))) {
            case AT_ONCE -> {
                draft.effect(new Effect.PublishBytes(task.agent(), deliverableId(task), entry.value()));
                yield ending.ended(draft, TaskState.COMPLETED, "delivered");
            }
            case AFTER_VERDICT -> awaitVerdict(draft, entry, digest);
            case AFTER_ANSWER -> {
                Raised asked = task.prefix().alerted();
                if (asked == null) {
                    // A worker that asked nobody: a person decides, rather than nobody at all.
                    yield awaitVerdict(draft, entry, digest);
                }
                draft.effect(new Effect.AskValidation(validationId(task), entry.value()));
                yield awaitAnswer(draft, asked, String.valueOf(header.statusVerified()));
            }
        };
    }

    private static Decision awaitVerdict(Draft draft, TaskEvent.Entry entry, Digest digest) {
        Instant due = Waits.end(draft.now().time(), draft.task());
        draft.effect(new Effect.KeepOutcome(entry.value()));
        draft.effect(new Effect.AskValidation(validationId(draft.task()), entry.value()));
        draft.phase(new Phase.AwaitingVerdict(digest, due)).effect(new Effect.StartTimer(TaskEvent.Timer.WAIT, due));
        return draft.decided("");
    }

    private static Decision awaitAnswer(Draft draft, Raised raised, String reason) {
        Instant due = Waits.end(draft.now().time(), draft.task());
        draft.phase(new Phase.AwaitingAnswer(raised, due)).effect(new Effect.StartTimer(TaskEvent.Timer.WAIT, due));
        return draft.decided(reason);
    }

    void alerted(Draft draft, TaskEvent.Entry entry) {
        Raised raised = Objects.requireNonNull(entry.header().raised());
        if (raised.place() == Raised.WHOLE_REPLY) {
            draft.prefix(prefix -> prefix.alerted(raised));
        }
        raise(draft, entry);
    }

    /** One child a receiver; one that is raised already is not raised again (I8, rule 4). */
    private static void raise(Draft draft, TaskEvent.Entry entry) {
        Raised raised = Objects.requireNonNull(entry.header().raised());
        var known = draft.task().children();
        List<ChildId> fresh = RouteRule.receivers(entry.header().receivers()).stream()
                .map(agent -> new ChildId(draft.id(), raised, agent))
                .filter(child -> known.stream().noneMatch(old -> old.id().equals(child))).toList();
        if (fresh.isEmpty()) {
            return;
        }
        var all = new ArrayList<>(known);
        fresh.forEach(child -> all.add(new Child(child, false)));
        draft.children(all).effect(new Effect.Raise(fresh, entry.value()));
    }

    static String deliverableId(Task task) {
        return task.id() + "/" + task.round() + "/deliverable";
    }

    private static String validationId(Task task) {
        return task.id() + "/" + task.round() + "." + task.epoch() + "/validation";
    }
}
