package dev.relais.worker.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.Usage;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.persona.Language;
import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolCall;

/**
 * All that a run knows, from its entries alone. It changes in {@link #after} and nowhere else, live and in recovery alike (rule 5).
 *
 * @param frame null until the task's first claim
 * @param reply the last one, or null before the first
 * @param hasNews whether somebody was heard since the last reply
 * @param said texts of replies since anybody was heard: what the persona's display protocol is checked against. A text that was cut and its continuation
 *     are one
 * @param toolsRan whether the reply's calls have run
 * @param repaired whether the persona was told already what its reply lacks, since it last heard anybody else
 * @param cuts in a row: how often the persona was told to go on where its text was cut
 * @param raised alerts and escalations of the prefix: none is raised twice (I8)
 * @param snapshot the workspace's last commit
 * @param checks what the worker has checked and said
 */
public record RunState(@Nullable Frame frame, Conversation conversation, @Nullable Reply reply, boolean hasNews,
        List<String> said, boolean toolsRan, boolean repaired,
        boolean askedSmaller, int cuts, List<Raised> raised, KnownFiles files, @Nullable String snapshot, int turns, Usage usage,
        @Nullable BigDecimal costUsd, @Nullable String model, Checks checks) {
    public static final RunState START = new RunState(null, Conversation.EMPTY, null, false, List.of(), false, false, false, 0,
            List.of(), KnownFiles.NONE, null,
            0, Usage.NONE, null, null, Checks.NONE);
    /** Begins the id of what the worker itself says; the rest is its kind. */
    static final String REPAIR = "worker/repair";
    static final String SMALLER = "worker/smaller";
    static final String GO_ON = "worker/go-on";

    public RunState {
        said = List.copyOf(said);
        raised = List.copyOf(raised);
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
            case JournalEntry.Alerted alert -> raised(alert.escalation());
            case JournalEntry.Concluded(Conclusion.Escalated(EscalationRaised escalation)) -> raised(escalation);
            case JournalEntry.Yielded _,JournalEntry.Concluded _ -> this;
        };
    }

    private RunState framed(Frame itsFrame) {
        return new RunState(itsFrame, conversation.in(Language.of(itsFrame.persona())), reply, hasNews, said, toolsRan, repaired,
                askedSmaller, cuts, raised, files,
                snapshot, turns, usage, costUsd, model, checks);
    }

    private RunState heard(JournalEntry.Heard heard) {
        boolean itsOwn = heard.kind() == InputKind.WORKER;
        boolean goesOn = itsOwn && heard.input().startsWith(GO_ON);
        boolean repair = itsOwn && (repaired || heard.input().startsWith(REPAIR));
        boolean smaller = itsOwn && (askedSmaller || heard.input().startsWith(SMALLER));
        return new RunState(frame, conversationAfter(heard), reply, true, goesOn ? said : List.of(), toolsRan, repair, smaller,
                goesOn ? cuts + 1 : 0, raised, files, snapshot, turns, usage, costUsd, model, checks.heard(heard));
    }

    /** The first answer to an escalation is the result of its call; a later one, or one to an older reply, is words like any other (I13). */
    private Conversation conversationAfter(JournalEntry.Heard heard) {
        Raised question = heard.raised();
        if (question == null || reply == null || !isOf(reply, question) || question.place() >= reply.calls().size()
                || conversation.results().containsKey(question.place())) {
            return conversation.heard(heard.text());
        }
        ToolCall call = reply.calls().get(question.place());
        return conversation.result(question.place(), new ToolOutcome(call.id(), heard.text(), false));
    }

    private static boolean isOf(Reply reply, Raised raised) {
        return raised.epoch() == reply.epoch() && raised.sequence() == reply.sequence();
    }

    private RunState replied(Entry entry, JournalEntry.Replied replied) {
        Reply read = Reply.of(entry.epoch(), entry.sequence(), replied.stopReason(), replied.content());
        BigDecimal cost = replied.costUsd();
        BigDecimal sum = turns == 0 ? cost : costUsd == null || cost == null ? null : costUsd.add(cost);
        return new RunState(frame, conversation.replied(replied.content(), read.calls()), read, false, saidAfter(read), false,
                repaired, false, cuts, raised, files, snapshot, turns + 1, usage.plus(replied.usage()), sum, replied.model(),
                checks.replied());
    }

    private List<String> saidAfter(Reply next) {
        var texts = new ArrayList<>(said);
        if (cuts > 0 && hasNews && !texts.isEmpty()) {
            texts.set(texts.size() - 1, texts.getLast() + next.text());
        } else {
            texts.add(next.text());
        }
        return texts;
    }

    /** What the persona said last, whole: the text of its deliverable. */
    String finalText() {
        return said.isEmpty() ? "" : said.getLast();
    }

    private RunState ran(JournalEntry.ToolsRan ran) {
        boolean isAcceptance = AcceptanceRule.isOf(ran.results());
        Conversation next = isAcceptance ? conversation : conversation.results(ran.results());
        Checks checked = isAcceptance ? checks.accepted(ran.results()) : checks.ran(next.calls(), next.results());
        String commit = ran.commit() == null ? snapshot : ran.commit();
        return new RunState(frame, next, reply, hasNews, said, true, repaired, askedSmaller, cuts, raised,
                files.and(ran.files()), commit, turns, usage, costUsd, model, checked);
    }

    private RunState raised(EscalationRaised one) {
        var all = new ArrayList<>(raised);
        all.add(one.raised());
        return new RunState(frame, conversation, reply, hasNews, said, toolsRan, repaired, askedSmaller, cuts, all, files,
                snapshot, turns, usage, costUsd, model, checks.told(one.situation()));
    }
}
