package dev.relais.coordinator.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task.Child;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.Task.Prefix;
import dev.relais.coordinator.task.Task.Spent;
import dev.relais.coordinator.task.Task.Trouble;
import dev.relais.coordinator.task.Task.Words;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.WorkerId;

/** A decision while it is made: the task so far, and the effects so far. It lives for one call of the machine. */
final class Draft {
    private final @Nullable Task before;
    private final Now now;
    private final List<Effect> effects = new ArrayList<>();
    private Task task;

    Draft(@Nullable Task before, Task task, Now now) {
        this.before = before;
        this.task = task;
        this.now = now;
    }

    Task task() {
        return task;
    }

    TaskId id() {
        return task.id();
    }

    Now now() {
        return now;
    }

    Draft effect(Effect effect) {
        effects.add(effect);
        return this;
    }

    Draft phase(Phase phase) {
        return set(phase, task.mode(), task.round(), task.epoch());
    }

    Draft mode(int mode) {
        return set(task.phase(), mode, task.round(), task.epoch());
    }

    Draft nextRound() {
        return set(task.phase(), task.mode(), task.round() + 1, task.epoch());
    }

    Draft nextEpoch() {
        return set(task.phase(), task.mode(), task.round(), task.epoch() + 1);
    }

    Draft words(UnaryOperator<Words> change) {
        return rest(change.apply(task.words()), task.envelope(), task.spent(), task.trouble(), task.prefix(), task.children());
    }

    Draft spent(UnaryOperator<Spent> change) {
        return rest(task.words(), task.envelope(), change.apply(task.spent()), task.trouble(), task.prefix(), task.children());
    }

    Draft trouble(UnaryOperator<Trouble> change) {
        return rest(task.words(), task.envelope(), task.spent(), change.apply(task.trouble()), task.prefix(), task.children());
    }

    Draft prefix(UnaryOperator<Prefix> change) {
        return rest(task.words(), task.envelope(), task.spent(), task.trouble(), change.apply(task.prefix()), task.children());
    }

    Draft children(List<Child> children) {
        return rest(task.words(), task.envelope(), task.spent(), task.trouble(), task.prefix(), children);
    }

    /** Further means that came with a verdict or an answer. */
    Draft granted(@Nullable Envelope more) {
        return more == null
                ? this
                : rest(task.words(), more.orElse(task.envelope()), task.spent(), task.trouble(), task.prefix(), task.children());
    }

    /** Into the ready queue. */
    Draft enqueue() {
        return phase(new Phase.Ready()).effect(new Effect.Enqueue(task.priority()));
    }

    /** The decision, with a snapshot where somebody who watches would see a difference. */
    Decision decided(String reason) {
        if (before == null || differs(before, task)) {
            effects.add(new Effect.Tell(snapshot(task, reason)));
        }
        return new Decision(task, effects);
    }

    private static boolean differs(Task before, Task after) {
        return before.state() != after.state() || before.epoch() != after.epoch() || before.round() != after.round()
                || before.mode() != after.mode()
                || !Objects.equals(owner(before), owner(after)) || !before.children().equals(after.children())
                || !before.phase().getClass().equals(after.phase().getClass());
    }

    private static @Nullable WorkerId owner(Task task) {
        return task.phase() instanceof Phase.Claimed claimed ? claimed.owner() : null;
    }

    private TaskSnapshot snapshot(Task task, String reason) {
        var request = task.origin().request();
        var digest = task.phase() instanceof Phase.AwaitingVerdict verdict ? verdict.digest() : null;
        String awaits = switch (task.phase()) {
            case Phase.AwaitingVerdict _ -> "verdict";
            case Phase.AwaitingAnswer _ -> "answer";
            case Phase.AwaitingMode _,Phase.Ready _,Phase.BackingOff _,Phase.Dispatched _,Phase.Claimed _,Phase.Ended _ -> null;
        };
        List<ChildId> open = task.children().stream().filter(child -> !child.answered()).map(Child::id).toList();
        String why = task.phase() instanceof Phase.Ended ended ? ended.reason() : reason;
        return new TaskSnapshot(task.id(), task.state(), task.agent(), request.title(), request.project(), task.mode(),
                task.priority(), task.round(),
                task.epoch(), owner(task), task.spent().turns(), task.spent().usage(), task.spent().costUsd(),
                task.spent().wasted(), awaits, digest,
                open, task.words().pending().size(), task.trouble().expiries(), why.isEmpty() ? null : why,
                task.origin().submittedAt(),
                now.time(), request.labels());
    }

    private Draft set(Phase phase, int mode, int round, int epoch) {
        task = new Task(task.version(), task.origin(), phase, mode, round, epoch, task.words(), task.envelope(), task.spent(),
                task.trouble(),
                task.prefix(), task.children(), now.time());
        return this;
    }

    private Draft rest(Words words, Envelope envelope, Spent spent, Trouble trouble, Prefix prefix, List<Child> children) {
        task = new Task(task.version(), task.origin(), task.phase(), task.mode(), task.round(), task.epoch(), words, envelope,
                spent, trouble, prefix,
                children, now.time());
        return this;
    }
}
