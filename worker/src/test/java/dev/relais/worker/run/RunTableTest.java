package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.worker.contract.ContractRule;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.persona.Work;

import static org.assertj.core.api.Assertions.assertThat;

/** Journal in, step out. Entries stand in one epoch, from sequence 0: the claim is 0, the request 1, the first reply 2. */
class RunTableTest {
    private static final Raised FIRST_CALL = new Raised(1, 2, 0);
    private static final Raised SECOND_CALL = new Raised(1, 2, 1);
    private static final Raised WHOLE = new Raised(1, 2, Raised.WHOLE_REPLY);

    static Stream<Arguments> table() {
        return Stream.of(turns(), ends(), files(), repairs(), cuts(), escalations(), questionsAside(), inputs())
                .flatMap(part -> part);
    }

    private static Stream<Arguments> turns() {
        return Stream.of(
                row("a task that was heard is asked for", "ask"),
                row("a reply's calls are run in its order", "run Read Write",
                        Said.replied(Said.text("Je lis."), Said.read("a"), Said.write("b", "/workspace/x", ""))),
                row("results lead to the next call", "ask", Said.replied(Said.read("a")), Said.ran("a")),
                row("a call that arrives with end_turn is run all the same", "run Read", ended(Said.read("a"))));
    }

    private static Stream<Arguments> ends() {
        JournalEntry toEscalate = Said.heard("worker/escalate/1", InputKind.WORKER, "Escalade.");
        return Stream.of(
                row("a kept contract is delivered", "deliver Kept", Said.replied(Said.text(Said.done()))),
                row("a banner before the tools and a block after them are one reply", "deliver Kept",
                        Said.replied(Said.text(Said.PERSONA.banner()), Said.read("a")), Said.ran("a"),
                        Said.replied(Said.text(block()))),
                row("a blocked reply without an escalation is asked for one", "say worker/escalate", blocked()),
                row("a blocked status is told to another agent first", "alert chef-equipe", blocked(), toEscalate, blocked()),
                row("a new word from somebody else allows to ask again", "say worker/escalate", blocked(), toEscalate, blocked(),
                        alerted(), Said.heard("m", InputKind.MESSAGE, "Alors ?"), blocked()),
                row("a pending status is told to frontend-dev first", "alert frontend-dev off frontend-dev",
                        Said.replied(Said.text(Said.deliverable("Aucun", "⏳ En attente de validation")))),
                row("an alert that is journaled is not raised again", "deliver Kept",
                        Said.replied(Said.text(Said.deliverable("Aucun", "🚫 Bloqué (specs absentes)"))), alerted()));
    }

    private static JournalEntry blocked() {
        return Said.replied(Said.text(Said.deliverable("Aucun", "🚫 Bloqué (specs absentes)")));
    }

    private static Stream<Arguments> files() {
        JournalEntry toWrite = Said.heard("worker/files/1", InputKind.WORKER, "Le diff ne montre pas src/api.ts.");
        JournalEntry claim = Said.replied(Said.text(Said.deliverable("src/api.ts", "✅ Terminé")));
        return Stream.of(
                row("a named file that did not change goes back", "say worker/files", claim),
                row("it goes back once", "deliver Kept", claim, toWrite, claim),
                row("a new word from somebody else allows to send it back again", "say worker/files", claim, toWrite, claim,
                        Said.heard("m", InputKind.CHANGES, "Ajoute les tests."), claim),
                row("a reply that waits is not held against its files", "alert frontend-dev off frontend-dev",
                        Said.replied(Said.text(Said.deliverable("src/api.ts", "⏳ En attente de validation")))),
                row("nor one that is broken, which is unverified already", "deliver Broken", Said.replied(Said.text("Fini.")),
                        Said.heard("worker/repair/1", InputKind.WORKER, "Il manque la bannière."),
                        Said.replied(Said.text(Said.deliverable("src/api.ts", "✅ Terminé")
                                .substring(Said.PERSONA.banner().length())))));
    }

    private static Stream<Arguments> repairs() {
        JournalEntry repair = Said.heard("worker/repair/1", InputKind.WORKER, "Il manque la bannière.");
        return Stream.of(
                row("a broken contract is repaired", "say worker/repair", Said.replied(Said.text("Fini."))),
                row("a repair is asked for", "ask", Said.replied(Said.text("Fini.")), repair),
                row("a contract that stays broken is delivered", "deliver Broken", Said.replied(Said.text("Fini.")), repair,
                        Said.replied(Said.text("Fini !"))),
                row("a new word from somebody else allows another repair", "say worker/repair", Said.replied(Said.text("Fini.")),
                        repair, Said.replied(Said.text("Fini !")), Said.heard("m", InputKind.CHANGES, "Plus court."),
                        Said.replied(Said.text("Court."))),
                row("an empty reply is repaired", "say worker/repair", Said.replied()));
    }

    private static Stream<Arguments> cuts() {
        JournalEntry goOn = Said.heard("worker/go-on/1", InputKind.WORKER, "Continue.");
        String whole = Said.done();
        int middle = whole.length() / 2;
        return Stream.of(
                row("a reply that was cut within its calls runs none of them", "refuse Read", Said.cut(Said.read("a"))),
                row("refused calls are answered and asked on", "ask", Said.cut(Said.read("a")), Said.ran("a")),
                row("a text that was cut is continued", "say worker/go-on", Said.cut(Said.text(Said.PERSONA.banner()))),
                row("a cut text and its continuation are one", "deliver Kept", Said.cut(Said.text(whole.substring(0, middle))),
                        goOn, Said.replied(Said.text(whole.substring(middle)))),
                row("a text that is cut again and again is held against the contract", "say worker/repair",
                        Said.cut(Said.text("a")), goOn, Said.cut(Said.text("b")), goOn, Said.cut(Said.text("c")), goOn,
                        Said.cut(Said.text("d"))));
    }

    private static Stream<Arguments> escalations() {
        return Stream.of(
                row("an escalation ends the run", "escalate architecte", Said.replied(Said.escalate("e", Said.DATABASE))),
                row("i8_an escalation reaches both agents that its row names", "escalate architecte,chef-equipe",
                        Said.replied(Said.escalate("e", Said.SLOW))),
                row("the other calls of an escalating reply run first", "run Read",
                        Said.replied(Said.escalate("e", Said.DATABASE), Said.read("a"))),
                row("the escalation follows when the others have run", "escalate architecte",
                        Said.replied(Said.escalate("e", Said.DATABASE), Said.read("a")), Said.ran("a")),
                row("a second escalation of a reply is run as a call, whose result is an error", "run Escalate",
                        Said.replied(Said.escalate("e", Said.DATABASE), Said.escalate("f", Said.SLOW))),
                row("an escalation without its four points is run as a call", "run Escalate", Said.replied(
                        Said.call("e", "Escalate", com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()))),
                row("an escalation to nobody that exists is run as a call, and the run does not rest", "run Escalate",
                        Said.replied(Said.escalateTo("e", Said.DATABASE, "dba"))),
                row("a situation off the table goes to chef-equipe", "escalate chef-equipe",
                        Said.replied(Said.escalate("e", "Météo défavorable"))),
                row("i8_an escalation that is concluded is not raised again", "ask",
                        Said.replied(Said.escalate("e", Said.DATABASE)), escalated(FIRST_CALL),
                        Said.heard("m", InputKind.MESSAGE, "Alors ?")),
                row("i8_an escalation that a message overtook is still raised", "escalate architecte",
                        Said.replied(Said.escalate("e", Said.DATABASE)), Said.heard("m", InputKind.MESSAGE, "Alors ?")));
    }

    private static Stream<Arguments> questionsAside() {
        return Stream.of(
                row("a question that does not block is sent before the reply's calls run", "alert architecte",
                        Said.replied(Said.read("a"), Said.askAside("e", Said.DATABASE))),
                row("i8_a question that was sent is not sent again", "run Read Escalate",
                        Said.replied(Said.read("a"), Said.askAside("e", Said.DATABASE)), alerted(SECOND_CALL)),
                row("the run goes on when the question was sent", "ask", Said.replied(Said.askAside("e", Said.DATABASE)),
                        alerted(FIRST_CALL), Said.ran("e")),
                row("a second question that does not block is sent too", "alert architecte,chef-equipe",
                        Said.replied(Said.askAside("e", Said.DATABASE), Said.askAside("f", Said.SLOW)), alerted(FIRST_CALL)),
                row("one that blocks ends the run after one that does not", "escalate architecte,chef-equipe",
                        Said.replied(Said.askAside("e", Said.DATABASE), Said.escalate("f", Said.SLOW)), alerted(FIRST_CALL),
                        Said.ran("e")),
                row("i8_whom the call names besides the table is asked too", "alert architecte,securite off securite",
                        Said.replied(Said.askAside("e", Said.DATABASE, "securite", "architecte"))),
                row("off the table those are asked whom the call names", "alert securite off securite",
                        Said.replied(Said.askAside("e", "Météo défavorable", "securite"))),
                row("an agent that exists off the table is asked too, and marked", "alert architecte,qa off qa",
                        Said.replied(Said.askAside("e", Said.DATABASE, "QA"))),
                row("an agent that does not exist is told to the model, and nobody is asked", "run Escalate",
                        Said.replied(Said.askAside("e", Said.DATABASE, "architecte", "dba"))),
                row("a cut reply asks nobody", "refuse Escalate", Said.cut(Said.askAside("e", Said.DATABASE))));
    }

    private static Stream<Arguments> inputs() {
        return Stream.of(
                row("an answered escalation is asked for", "ask", Said.replied(Said.read("a"), Said.escalate("e", Said.DATABASE)),
                        Said.ran("a"), escalated(SECOND_CALL), Said.answered("r", "PostgreSQL.", SECOND_CALL)),
                row("a delivered round that is to change is asked for", "ask", Said.replied(Said.text(Said.done())),
                        Said.heard("c", InputKind.CHANGES, "Renomme.")),
                row("a message does not stop a reply's calls", "run Read", Said.replied(Said.read("a")),
                        Said.heard("m", InputKind.MESSAGE, "Vite.")),
                row("what is yielded changes nothing", "run Read", Said.replied(Said.read("a")),
                        new JournalEntry.Yielded("shutdown", null)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theJournalDecidesTheNextStep(List<JournalEntry> journal, String expected) {
        List<Entry> entries = IntStream.range(0, journal.size()).mapToObj(i -> new Entry(1, i, journal.get(i))).toList();
        Step step = StepRule.next(RunState.of(entries), Said.PERSONA, Work.plain(1), Stage.NOTHING_SEEN);
        assertThat(said(step)).isEqualTo(expected);
    }

    private static Arguments row(String fact, String expected, JournalEntry... after) {
        var journal = new ArrayList<JournalEntry>(List.of(Said.claimed(), Said.request()));
        journal.addAll(List.of(after));
        return Arguments.of(Named.of(fact, journal), expected);
    }

    private static String said(Step step) {
        return switch (step) {
            case Step.AskModel _ -> "ask";
            case Step.RunTools run -> "run " + String.join(" ", run.calls().stream().map(call -> call.name()).toList());
            case Step.Inspect _ -> "inspect";
            case Step.Accept _ -> "accept";
            case Step.RefuseTools refuse ->
                "refuse " + String.join(" ", refuse.calls().stream().map(call -> call.name()).toList());
            case Step.Say say -> "say " + say.what();
            case Step.Alert alert -> "alert " + receivers(alert.escalation());
            case Step.Escalate escalate -> "escalate " + receivers(escalate.escalation());
            case Step.Deliver deliver -> "deliver " + (deliver.check() instanceof ContractRule.Kept ? "Kept" : "Broken");
            case Step.Fail fail -> "fail " + fail.reason();
        };
    }

    private static String receivers(EscalationRaised escalation) {
        String to = String.join(",", escalation.to().stream().map(agent -> agent.value()).toList());
        String off = String.join(",", escalation.offTable().stream().map(agent -> agent.value()).toList());
        return off.isEmpty() || off.equals("chef-equipe") ? to : to + " off " + off;
    }

    private static String block() {
        return Said.done().substring(Said.PERSONA.banner().length());
    }

    private static JournalEntry.Replied ended(com.fasterxml.jackson.databind.JsonNode block) {
        JournalEntry.Replied plain = Said.replied(block);
        return new JournalEntry.Replied(plain.content(), "end_turn", plain.model(), plain.usage(), plain.costUsd(), null, 1);
    }

    private static JournalEntry alerted() {
        return alerted(WHOLE);
    }

    private static JournalEntry alerted(Raised raised) {
        return new JournalEntry.Alerted(question(raised));
    }

    private static JournalEntry escalated(Raised raised) {
        return new JournalEntry.Concluded(new Conclusion.Escalated(question(raised)));
    }

    private static EscalationRaised question(Raised raised) {
        var work = Work.plain(1);
        return new EscalationRaised(work.taskId(), work.agent(), List.of(), "s", "d", "o", List.of(), List.of(), "persona",
                List.of(), raised, 1, null, null);
    }
}
