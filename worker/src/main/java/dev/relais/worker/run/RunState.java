package dev.relais.worker.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.Usage;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolCall;

/**
 * All that a run knows, from its entries alone. It changes in {@link #after} and nowhere else, live and in recovery alike (rule 5).
 *
 * @param frame null until the task's first claim
 * @param reply the last one, or null before the first
 * @param hasNews whether somebody was heard since the last reply
 * @param said texts of replies since anybody was heard: what the persona's display protocol is checked against
 * @param toolsRan whether the reply's calls have run
 * @param repaired whether the persona was told already what its reply lacks, since it last heard anybody else
 * @param alerted alerts that are raised, by which none is raised twice
 * @param snapshot the workspace's last commit
 */
public record RunState(@Nullable Frame frame, Conversation conversation, @Nullable Reply reply, boolean hasNews,
        List<String> said, boolean toolsRan, boolean repaired,
        boolean askedSmaller, int cuts, List<Raised> alerted, KnownFiles files, @Nullable String snapshot, int turns, Usage usage,
        @Nullable BigDecimal costUsd, @Nullable String model) {
    public static final RunState START = new RunState(null, Conversation.EMPTY, null, false, List.of(), false, false, false, 0,
            List.of(), KnownFiles.NONE, null,
            0, Usage.NONE, null, null);
    /** Begins the id of what the worker itself says; the rest is its kind. */
    static final String REPAIR = "worker/repair";
    static final String SMALLER = "worker/smaller";
    static final String GO_ON = "worker/go-on";

    public RunState {
        said = List.copyOf(said);
        alerted = List.copyOf(alerted);
    }

    /** The state of a resumed run: the same fold over the accepted entries. */
    public static RunState of(List<Entry> prefix) {
        RunState state = START;
        for (Entry entry : prefix) {
            state = state.after(entry);
        }
        return state;
    }

    public RunState after(Entry entry) {
        return switch (entry.body()) {
            case JournalEntry.Claimed claimed -> claimed.frame() == null || frame != null ? this : framed(claimed.frame());
            case JournalEntry.Heard heard -> heard(heard);
            case JournalEntry.Replied replied -> replied(entry, replied);
            case JournalEntry.ToolsRan ran -> ran(ran);
            case JournalEntry.Alerted alert -> alerted(alert.escalation().raised());
            case JournalEntry.Yielded _,JournalEntry.Concluded _ -> this;
        };
    }

    private RunState framed(Frame itsFrame) {
        return new RunState(itsFrame, conversation, reply, hasNews, said, toolsRan, repaired, askedSmaller, cuts, alerted, files,
                snapshot, turns, usage, costUsd,
                model);
    }

    private RunState heard(JournalEntry.Heard heard) {
        Raised raised = heard.raised();
        Conversation next = conversation.heard(heard.text());
        if (raised != null && reply != null && raised.place() < reply.calls().size() && isOf(reply, raised)) {
            ToolCall call = reply.calls().get(raised.place());
            next = conversation.result(raised.place(), new ToolOutcome(call.id(), heard.text(), false));
        }
        boolean itsOwn = heard.kind() == InputKind.WORKER;
        boolean repair = itsOwn && (repaired || heard.input().startsWith(REPAIR));
        boolean smaller = itsOwn && (askedSmaller || heard.input().startsWith(SMALLER));
        int cut = itsOwn && heard.input().startsWith(GO_ON) ? cuts + 1 : 0;
        return new RunState(frame, next, reply, true, List.of(), toolsRan, repair, smaller, cut, alerted, files, snapshot, turns,
                usage, costUsd, model);
    }

    private static boolean isOf(Reply reply, Raised raised) {
        return raised.epoch() == reply.epoch() && raised.sequence() == reply.sequence();
    }

    private RunState replied(Entry entry, JournalEntry.Replied replied) {
        Reply read = Reply.of(entry.epoch(), entry.sequence(), replied.stopReason(), replied.content());
        var texts = new ArrayList<>(said);
        texts.add(read.text());
        BigDecimal cost = replied.costUsd();
        BigDecimal sum = turns == 0 ? cost : costUsd == null || cost == null ? null : costUsd.add(cost);
        return new RunState(frame, conversation.replied(replied.content(), read.calls()), read, false, texts, false, repaired,
                askedSmaller, cuts, alerted, files,
                snapshot, turns + 1, usage.plus(replied.usage()), sum, replied.model());
    }

    private RunState ran(JournalEntry.ToolsRan ran) {
        Conversation next = conversation.results(ran.results());
        String commit = ran.commit() == null ? snapshot : ran.commit();
        return new RunState(frame, next, reply, hasNews, said, true, repaired, askedSmaller, cuts, alerted,
                files.and(ran.files()), commit, turns, usage, costUsd,
                model);
    }

    private RunState alerted(Raised raised) {
        var all = new ArrayList<>(alerted);
        all.add(raised);
        return new RunState(frame, conversation, reply, hasNews, said, toolsRan, repaired, askedSmaller, cuts, all, files,
                snapshot, turns, usage, costUsd, model);
    }
}
