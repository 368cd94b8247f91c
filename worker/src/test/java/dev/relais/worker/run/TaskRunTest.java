package dev.relais.worker.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.worker.model.Answer;
import dev.relais.worker.run.TaskRun.Left;
import dev.relais.worker.workspace.Workspace;

import static org.assertj.core.api.Assertions.assertThat;

class TaskRunTest {
    private static final Answer TOO_LARGE = new Answer.Failed(Answer.Failure.REPLY_TOO_LARGE, "900 KiB");

    private static Stage stage(Answer... answers) {
        return new Stage(new ScriptedModel(answers));
    }

    @Test
    void aDeliverableSaysWhatIsClaimedAndWhatChangedBothWays() throws InterruptedException {
        Answer last = Said.answer(Said.text(Said.deliverable("src/api.ts, docs/api.md", "✅ Terminé")));
        Stage stage = stage(Said.answer(Said.write("a", "/workspace/src/api.ts", "v1"), Said.write("b", "/workspace/.env", "x")),
                last, last);
        assertThat(stage.run(Stage.REQUEST)).isEqualTo(new Left.WithOutcome("delivered"));
        DeliverablePublished delivered = stage.delivered();
        assertThat(delivered.files()).containsExactlyInAnyOrder(new DeliveredFile("src/api.ts", "added", true),
                new DeliveredFile(".env", "added", false), new DeliveredFile("docs/api.md", "none", true));
        assertThat(delivered.evidence()).anyMatch(line -> line.contains("docs/api.md is named in the block and did not change"))
                .anyMatch(line -> line.contains(".env changed and is not named in the block"));
        assertThat(delivered.statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
        assertThat(delivered.branch()).isEqualTo("relais/t-1/1");
        assertThat(delivered.usage()).isEqualTo(new Usage(30, 60, 90, 120));
        assertThat(delivered.costUsd()).isEqualByComparingTo("0.03");
    }

    @Test
    void aRunThatTouchedNothingPushesNothing() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.deliverable("Aucun", "✅ Terminé"))));
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().branch()).isNull();
        assertThat(stage.remote.published).isZero();
    }

    @Test
    void aReplyThatBreaksTheContractTwiceIsDeliveredUnverified() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text("Fini.")), Said.answer(Said.text("Vraiment fini.")));
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
        assertThat(stage.delivered().text()).isEqualTo("Vraiment fini.");
        assertThat(stage.entries(JournalEntry.Heard.class).map(JournalEntry.Heard::kind)).containsExactly(InputKind.REQUEST,
                InputKind.WORKER);
    }

    @Test
    void aBlockedDeliverableAsksBeforeItIsConcludedAndItsAnswerOpensTheNextRound() throws InterruptedException {
        Answer blocked = Said.answer(Said.text(Said.deliverable("Aucun", "🚫 Bloqué (specs absentes)")));
        Stage stage = stage(blocked, blocked, Said.answer(Said.text(Said.done())));
        stage.run(Stage.REQUEST);
        var raised = new Raised(1, 4, Raised.WHOLE_REPLY);
        assertThat(stage.entries(JournalEntry.Alerted.class)).singleElement()
                .satisfies(alert -> assertThat(alert.escalation().raised()).isEqualTo(raised));
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.BLOCKED);
        stage.round = 2;
        stage.run(Stage.answer("r", raised));
        assertThat(stage.model.lastHeard().content().get(0).path("text").asText()).isEqualTo("Réponse de r");
        assertThat(stage.delivered().round()).isEqualTo(2);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
    }

    @Test
    void i8_aDoubleEscalationNamesBothAgentsOnceAndItsAnswerIsTheCallsResult() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.read("a"), Said.escalate("e", Said.SLOW), Said.escalate("f", Said.DATABASE)),
                Said.answer(Said.text(Said.done())));
        assertThat(stage.run(Stage.REQUEST)).isEqualTo(new Left.WithOutcome("escalated"));
        assertThat(stage.conclusion()).isInstanceOfSatisfying(Conclusion.Escalated.class, escalated -> {
            assertThat(escalated.escalation().to()).extracting(Object::toString).containsExactly("architecte", "chef-equipe");
            assertThat(escalated.escalation().raised()).isEqualTo(new Raised(1, 2, 1));
        });
        stage.run(Stage.answer("r", new Raised(1, 2, 1)));
        var heard = stage.model.lastHeard().content();
        assertThat(heard).hasSize(3);
        assertThat(heard.get(1).path("tool_use_id").asText()).isEqualTo("e");
        assertThat(heard.get(1).path("content").asText()).isEqualTo("Réponse de r");
        assertThat(heard.get(2).path("is_error").asBoolean()).isTrue();
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
    }

    @Test
    void changesLeadToAnotherRoundInTheSameConversation() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.done())), Said.answer(Said.text(Said.done())));
        stage.run(Stage.REQUEST);
        stage.round = 2;
        stage.run(new Input("v", InputKind.CHANGES, "Renomme la route.", null, null));
        assertThat(stage.model.asked().getLast().messages()).hasSize(3);
        assertThat(stage.delivered().round()).isEqualTo(2);
        assertThat(stage.delivered().turns()).isEqualTo(2);
    }

    @Test
    void aCallOfAToolThatDoesNotExistIsAnErrorTheModelReads() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.call("a", "Teleport", com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode())), Said.answer(Said.text(Said.done())));
        stage.run(Stage.REQUEST);
        assertThat(stage.entries(JournalEntry.ToolsRan.class)).singleElement().satisfies(ran -> {
            assertThat(ran.results()).singleElement().satisfies(result -> assertThat(result.isError()).isTrue());
            assertThat(ran.commit()).isNull();
        });
    }

    @Test
    void aReplyCutWithinItsCallsRunsNoneOfThem() throws InterruptedException {
        Stage stage = stage(Said.cutAnswer(Said.write("a", "/workspace/x", "half")), Said.answer(Said.text(Said.done())));
        stage.run(Stage.REQUEST);
        assertThat(stage.remote.snapshots).isEmpty();
        assertThat(stage.entries(JournalEntry.ToolsRan.class)).singleElement()
                .satisfies(ran -> assertThat(ran.results().getFirst().isError()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"REFUSAL,refusal", "CONTEXT_OVERFLOW,context-overflow", "BAD_REQUEST,bad-request"})
    void aFailureOfTheTasksOwnFailsIt(Answer.Failure failure, String reason) throws InterruptedException {
        Stage stage = stage(new Answer.Failed(failure, "why"));
        assertThat(stage.run(Stage.REQUEST)).isEqualTo(new Left.WithOutcome("failed"));
        assertThat(stage.failure()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"WORKER_REFUSED,worker-refused", "UNAVAILABLE,model-unavailable"})
    void aFailureThatIsNotTheTasksYields(Answer.Failure failure, String reason) throws InterruptedException {
        Stage stage = stage(new Answer.Failed(failure, "why"));
        assertThat(stage.run(Stage.REQUEST)).isEqualTo(new Left.Yielding(reason, "why"));
        assertThat(stage.entries(JournalEntry.Concluded.class)).isEmpty();
    }

    @Test
    void aReplyThatIsTooLargeIsAskedForOnceMoreInSmallerSteps() throws InterruptedException {
        Stage stage = stage(TOO_LARGE);
        stage.run(Stage.REQUEST);
        assertThat(stage.model.asked()).hasSize(2);
        assertThat(stage.failure()).isEqualTo("reply-too-large");
    }

    @Test
    void eachEnvelopeEndsTheTaskBeforeTheNextCall() throws InterruptedException {
        Stage turns = stage(Said.answer(Said.read("a")), Said.answer(Said.text(Said.done())));
        turns.envelope = new Envelope(1, null, null, null);
        turns.run(Stage.REQUEST);
        assertThat(turns.failure()).isEqualTo("turns-spent");
        assertThat(turns.model.asked()).hasSize(1);
        Stage wall = stage(Said.answer(Said.text(Said.done())));
        wall.envelope = new Envelope(null, null, null, Duration.ZERO);
        wall.run(Stage.REQUEST);
        assertThat(wall.failure()).isEqualTo("wall-spent");
        assertThat(wall.model.asked()).isEmpty();
    }

    @Test
    void theEnvelopeCountsTurnsOverTheTasksLife() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.done())), Said.answer(Said.text(Said.done())));
        stage.envelope = new Envelope(1, null, null, null);
        stage.run(Stage.REQUEST);
        stage.run(Stage.message("m"));
        assertThat(stage.failure()).isEqualTo("turns-spent");
    }

    @Test
    void aPushThatIsRefusedFailsTheTaskAndNamesTheSnapshot() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.write("a", "/workspace/src/api.ts", "v1")), Said.answer(Said.text(Said.done())));
        stage.remote.answers = new Workspace.Publication.Refused("protected branch");
        stage.run(Stage.REQUEST);
        assertThat(stage.conclusion()).isInstanceOfSatisfying(Conclusion.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo("push-refused");
            assertThat(failed.failure().snapshot()).isEqualTo("c0");
            assertThat(failed.failure().redrivable()).isTrue();
        });
    }

    @Test
    void aWorkspaceThatCannotBeReachedYields() throws InterruptedException {
        assertThat(withWorkspaceThat(new Workspace.Unreachable("away", null)))
                .isEqualTo(new Left.Yielding("workspace-unreachable", "away"));
    }

    @Test
    void aDiskThatIsFullIsTheWorkersTroubleAndYields() throws InterruptedException {
        assertThat(withWorkspaceThat(new UncheckedIOException("No space left", new IOException("ENOSPC"))))
                .isEqualTo(new Left.Yielding("worker-fault", "No space left"));
    }

    private static Left withWorkspaceThat(RuntimeException fails) throws InterruptedException {
        Stage stage = stage(Said.answer(Said.write("a", "/workspace/x", "v")));
        stage.remote.failsWith = fails;
        Left left = stage.run(Stage.REQUEST);
        assertThat(stage.entries(JournalEntry.ToolsRan.class)).isEmpty();
        return left;
    }

    @Test
    void everyPromptIsTheFramesWhateverTheWorkerShips() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.done())));
        stage.run(Stage.REQUEST);
        assertThat(stage.model.asked()).extracting(prompt -> prompt.maxTokens()).isEqualTo(List.of(1_000));
        assertThat(stage.model.asked().getFirst().tools()).hasSize(4);
    }
}
