package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Concluded;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.Questions;
import dev.relais.worker.model.Answer;
import dev.relais.worker.run.RunState;
import dev.relais.worker.run.TaskRun;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.Askable;
import dev.relais.worker.toolkit.EscalateTool;

/** One run: the real loop, taken one entry at a time. Between two entries nothing is kept but the state that a worker would fold. */
final class SimulatedRun {
    /** No question names anybody: the table decides. */
    private static final Askable ASKABLE = new Askable(List.of(), List.of());
    private static final Toolbox TOOLS = new Toolbox(List.of(new EscalateTool(ASKABLE), new LookTool()));
    private static final Toolbox NO_CHECKS = new Toolbox(List.of());

    private final Site site;
    private final WorkerId worker;
    private final WorkDispatched work;
    private final boolean wantsGrant;
    private RunState state = RunState.START;
    private int next;
    private final long began;
    private Questions questions;
    private long askedAt;
    private boolean isNamed;
    private boolean isOver;
    private boolean hasTurn;

    SimulatedRun(Site site, WorkerId worker, WorkDispatched work, boolean wantsGrant) {
        this.site = site;
        this.worker = worker;
        this.work = work;
        this.wantsGrant = wantsGrant;
        this.began = site.world().now();
        this.askedAt = began;
        this.questions = wantsGrant && site.mutation() != Mutation.GRANT_NOT_AWAITED ? Questions.first() : Questions.none();
    }

    /** The loop wants this written: it goes on when it is durable. */
    private static final class Written extends InterruptedException {
        private static final long serialVersionUID = 1L;
        private final transient JournalEntry entry;

        Written(JournalEntry entry) {
            this.entry = entry;
        }
    }

    WorkDispatched work() {
        return work;
    }

    RunKey key() {
        return RunKey.of(work.taskId(), work.epoch());
    }

    boolean wantsGrant() {
        return wantsGrant;
    }

    boolean isGranted() {
        return questions.isGranted();
    }

    void grant(int question) {
        questions = questions.answered(site.mutation() == Mutation.OLD_GRANT_TAKEN ? Integer.MAX_VALUE : question);
    }

    /** It asks at its next step, and goes on when it is granted anew. */
    void doubt() {
        questions = questions.doubted();
    }

    /** Whether it asks again: at once after a silence, else when so long has passed since it asked. */
    boolean isAskingAgain(long millis) {
        return questions.isToAsk() || site.world().now() - askedAt >= millis;
    }

    /** @return the number of the question that it asks now */
    int asks() {
        askedAt = site.world().now();
        questions = questions.asks();
        return questions.asked();
    }

    boolean isNamed() {
        return isNamed;
    }

    void named(boolean now) {
        isNamed = now;
    }

    boolean isOver() {
        return isOver;
    }

    void over() {
        isOver = true;
        isNamed = false;
        hasTurn = false;
        site.oracle().suspects().over(worker, key());
    }

    /** A suspect runs alone among its worker's suspects, until its first entry that is neither claimed nor heard is durable. */
    boolean takesTurn(List<SimulatedRun> besides) {
        if (!work.suspect() || site.mutation() == Mutation.SUSPECTS_SIDE_BY_SIDE) {
            return true;
        }
        if (!hasTurn && besides.stream().noneMatch(run -> run.hasTurn)) {
            hasTurn = true;
            // It says so by asking.
            questions = questions.doubted();
        }
        return hasTurn;
    }

    void leavesTurn() {
        hasTurn = false;
    }

    /** @return the entry at the place that it takes */
    Entry place(JournalEntry body) {
        return new Entry(work.epoch(), next++, body);
    }

    void folds(Entry entry) {
        state = state.after(entry);
    }

    void resumesFrom(List<Entry> prefix, List<Entry> claimed) {
        var all = new ArrayList<>(site.mutation() == Mutation.RESUME_IGNORES_OFFSETS ? untilTheFirstReply(prefix) : prefix);
        all.addAll(claimed);
        state = RunState.of(all);
    }

    private static List<Entry> untilTheFirstReply(List<Entry> prefix) {
        return prefix.stream().takeWhile(entry -> !(entry.body() instanceof JournalEntry.Replied)).toList();
    }

    /** What the loop writes next. */
    JournalEntry step() {
        site.oracle().suspects().steps(work, worker);
        try {
            var left = new TaskRun(work, site.persona(), state, parts()).run();
            return switch (left) {
                case TaskRun.Left.Yielding(String reason, String detail) -> new JournalEntry.Yielded(reason, detail);
                case TaskRun.Left.WithOutcome outcome -> throw new AssertionError("an outcome without an entry: " + outcome);
            };
        } catch (Written written) {
            return site.mutation() == Mutation.ESCALATION_BY_TOOL_USE_ID ? knownByToolUseId(written.entry) : written.entry;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a simulated run", e);
        }
    }

    /** Models repeat the ids of their calls: whoever goes by them takes the second question for the first, and has it answered. */
    private JournalEntry knownByToolUseId(JournalEntry entry) {
        if (entry instanceof Concluded(Conclusion.Escalated(EscalationRaised _)) && !state.raised().isEmpty()) {
            return ask();
        }
        return entry;
    }

    private TaskRun.Parts parts() {
        return new TaskRun.Parts(entry -> {
            throw new Written(entry);
        }, _ -> answer(), new TaskRun.Tools(TOOLS, NO_CHECKS, ASKABLE), new EmptyWorkspace(), () -> {}, _ -> {}, site.clock());
    }

    private Answer answer() {
        site.oracle().asks(work, worker, state.turns(), wantsGrant, began);
        return site.world().chance(2)
                ? new Answer.Failed(Answer.Failure.UNAVAILABLE, "away")
                : PlayedReplies.reply(work.taskId(), state.turns());
    }

    private JournalEntry ask() {
        Answer.Reply reply = PlayedReplies.reply(work.taskId(), state.turns());
        return new JournalEntry.Replied(reply.content(), reply.stopReason(), reply.model(), reply.usage(), reply.costUsd(),
                reply.requestId(), reply.millis());
    }
}
