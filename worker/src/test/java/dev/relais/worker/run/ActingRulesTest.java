package dev.relais.worker.run;

import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.worker.model.Answer;
import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.policy.AlertRule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rules that act, through the real loop: each way in which a persona may forget, hide or claim, to its end. */
class ActingRulesTest {
    private static final Answer DONE = Said.answer(Said.text(Said.done()));
    private static final Answer GHOST = Said.answer(Said.text(Said.deliverable("src/api.ts, src/ghost.ts", "✅ Terminé")));
    private static final String PASSWORD = "Sup3rS3cret";
    /** Claim, request, reply, tools, reply, commands, what they said, reply, tools, reply, commands, alert, conclusion. */
    private static final int ENTRIES = 13;
    private static final String API = """
            openapi: 3.0.3
            info: {title: Shop, version: "1"}
            paths:
              /carts:
                get: {responses: {"200": {description: ok}}}
              /orders:
                get: {responses: {"200": {description: ok}}}
            """;

    private static Stage stage(Answer... answers) {
        return new Stage(new ScriptedModel(answers));
    }

    private static Answer writes(String path, String content) {
        return Said.answer(Said.write("w", "/workspace/" + path, content));
    }

    private static Answer runs(String command) {
        return Said.answer(Said.call("b", "Bash",
                JsonNodeFactory.instance.objectNode().put("command", command)));
    }

    private static List<String> toldByTheWorker(Stage stage) {
        return stage.entries(JournalEntry.Heard.class).filter(heard -> heard.kind() == InputKind.WORKER)
                .map(JournalEntry.Heard::text).toList();
    }

    private static List<EscalationRaised> alerts(Stage stage) {
        return stage.entries(JournalEntry.Alerted.class).map(JournalEntry.Alerted::escalation).toList();
    }

    @Test
    void aForgottenBannerIsRepairedOnce() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.done().substring(Said.PERSONA.banner().length()))), DONE);
        stage.run(Stage.REQUEST);
        assertThat(toldByTheWorker(stage)).singleElement().asString().contains("la bannière d'entrée");
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
    }

    @Test
    void aForgottenBlockIsRepairedOnce() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.PERSONA.banner() + "\nVoilà l'API.")), DONE);
        stage.run(Stage.REQUEST);
        assertThat(toldByTheWorker(stage)).singleElement().asString().contains("le bloc livrable");
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
    }

    @Test
    void aFileThatWasNeverWrittenGoesBackOnceAndLowersTheVerifiedStatus() throws InterruptedException {
        Stage stage = stage(writes("src/api.ts", "v1"), GHOST, GHOST);
        stage.run(Stage.REQUEST);
        assertThat(toldByTheWorker(stage)).singleElement().asString().contains("- src/ghost.ts").doesNotContain("- src/api.ts");
        assertThat(stage.delivered().statusClaimed()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
        assertThat(stage.delivered().evidence()).contains("files: src/ghost.ts is named in the block and did not change",
                "files: named ones that did not change went back to the persona once");
        assertThat(stage.delivered().files())
                .anyMatch(file -> file.path().equals("src/ghost.ts") && file.change().equals("none"));
    }

    @Test
    void aFileThatIsWrittenOrTakenOutOfTheBlockWhenItWentBackLowersNothing() throws InterruptedException {
        Stage written = stage(writes("src/api.ts", "v1"), GHOST, writes("src/ghost.ts", "v1"), GHOST);
        written.run(Stage.REQUEST);
        assertThat(written.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
        Stage takenOut = stage(writes("src/api.ts", "v1"), GHOST,
                Said.answer(Said.text(Said.deliverable("src/api.ts", "✅ Terminé"))));
        takenOut.run(Stage.REQUEST);
        assertThat(takenOut.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(takenOut.delivered().files()).extracting(DeliveredFile::path).containsExactly("src/api.ts");
    }

    @Test
    void aFileThatWasNeverWrittenGoesBackWithinTheEnvelopeOnly() throws InterruptedException {
        Stage stage = stage(GHOST);
        stage.envelope = new Envelope(1, null, null, null);
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
    }

    @Test
    void aFileIsHeldAgainstTheDiffBeforeTheAcceptanceCommandsRun() throws InterruptedException {
        Stage stage = stage(GHOST, DONE);
        stage.acceptance = List.of("npm test");
        stage.run(Stage.REQUEST);
        assertThat(stage.acceptanceRuns).isEqualTo(1);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
    }

    @Test
    void aFileThatIsDeliveredUnnamedIsSaidAndLowersNothing() throws InterruptedException {
        Stage stage = stage(writes("package-lock.json", "{}"), DONE);
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().evidence()).contains("files: package-lock.json changed and is not named in the block");
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
    }

    @Test
    void aSecretIsSentBackByItsPlaceAndADeliverableWithoutItIsPublished() throws InterruptedException {
        Stage stage = stage(writes("src/db.ts", "const password = \"" + PASSWORD + "\";\n"), DONE, writes("README.md", "x"),
                DONE);
        stage.run(Stage.REQUEST);
        assertThat(toldByTheWorker(stage)).singleElement().asString().contains("src/db.ts:1 (password)").doesNotContain(PASSWORD);
        assertThat(stage.failure()).isEqualTo("secret-in-deliverable");
        assertThat(stage.remote.published).isZero();
    }

    @Test
    void aSecretThatIsTakenOutStopsNothing() throws InterruptedException {
        Stage stage = stage(writes("src/db.ts", "const password = \"" + PASSWORD + "\";\n"), DONE, writes("src/db.ts", "-"),
                DONE);
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(stage.delivered().evidence()).anyMatch(line -> line.startsWith("secrets: none found"));
    }

    @Test
    void aPaymentDependencyWithoutAWordAlertsSecuriteWithTheEvidence() throws InterruptedException {
        Stage stage = stage(writes("package.json", "{\"dependencies\": {\n\"stripe\": \"^17.0.0\"\n}}"), DONE);
        stage.run(Stage.REQUEST);
        assertThat(alerts(stage)).singleElement().satisfies(alert -> {
            assertThat(alert.to()).extracting(Object::toString).containsExactly("securite");
            assertThat(alert.origin()).isEqualTo(AlertRule.ORIGIN);
            assertThat(alert.obstacle()).contains("package.json", "stripe");
            assertThat(alert.files()).containsExactly("package.json");
            assertThat(alert.raised().place()).isBetween(900, Raised.WHOLE_REPLY - 1);
        });
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(stage.delivered().evidence()).anyMatch(line -> line.startsWith("watched, sensitive: package.json"));
    }

    @Test
    void whatThePersonaSpokeOfItselfIsNotRaisedAgain() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.write("w", "/workspace/migrations/1.sql", "CREATE TABLE t (id int);"),
                Said.escalate("e", Said.DATABASE)), DONE);
        stage.run(Stage.REQUEST);
        stage.run(Stage.answer("r", new Raised(1, 2, 1)));
        assertThat(alerts(stage)).isEmpty();
        assertThat(stage.delivered().evidence()).anyMatch(line -> line.startsWith("watched, database: migrations/1.sql"));
    }

    @Test
    void aSituationIsRaisedOnceOverTheRounds() throws InterruptedException {
        Stage stage = stage(writes("migrations/1.sql", "CREATE TABLE t (id int);"), DONE,
                writes("migrations/2.sql", "DROP TABLE t;"),
                DONE);
        stage.run(Stage.REQUEST);
        stage.round = 2;
        stage.run(Stage.message("m"));
        assertThat(alerts(stage)).singleElement().satisfies(
                alert -> assertThat(alert.to()).extracting(Object::toString).containsExactly("architecte"));
    }

    @Test
    void aBreakingChangeOfTheOpenApiDocumentConsultsFrontendDev() throws InterruptedException {
        Stage stage = stage(writes("openapi.yaml", "-" + API.substring(0, API.indexOf("  /orders"))), DONE);
        stage.remote.base.put("openapi.yaml", API);
        stage.run(Stage.REQUEST);
        assertThat(alerts(stage)).singleElement().satisfies(alert -> {
            assertThat(alert.to()).extracting(Object::toString).containsExactly("frontend-dev");
            assertThat(alert.obstacle()).contains("openapi.yaml", "GET /orders retiré");
        });
    }

    @Test
    void acceptanceThatFailsTwiceGoesBackTwiceAndThenPasses() throws InterruptedException {
        Stage stage = stage(writes("src/api.ts", "v1;"), DONE, writes("src/api.ts", "v2;"), DONE, writes("src/api.ts", "v3;"),
                DONE);
        stage.acceptance = List.of("npm test");
        stage.acceptanceEnds = List.of(false, false, true);
        stage.run(Stage.REQUEST);
        assertThat(toldByTheWorker(stage)).hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("`npm test`", "2 tests failed"));
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(stage.delivered().evidence()).contains("acceptance: `npm test` passed",
                "acceptance: failures went back to the persona, times: 2");
        assertThat(stage.delivered().files()).extracting(DeliveredFile::path).containsExactly("src/api.ts");
    }

    @Test
    void acceptanceLeavesNothingBehindWhereNoFileWasEverWritten() throws InterruptedException {
        Stage stage = stage(DONE, DONE);
        stage.remote.base.put("README.md", "as it was");
        stage.acceptance = List.of("npm test");
        stage.acceptanceEnds = List.of(false, true);
        stage.run(Stage.REQUEST);
        assertThat(stage.acceptanceRuns).isEqualTo(2);
        assertThat(stage.remote.snapshots).isEmpty();
        assertThat(stage.delivered().files()).extracting(DeliveredFile::path).doesNotContain("coverage/report.txt");
    }

    @Test
    void acceptanceThatGoesOnFailingLowersTheVerifiedStatus() throws InterruptedException {
        Stage stage = stage(DONE, DONE, DONE);
        stage.acceptance = List.of("npm test");
        stage.acceptanceEnds = List.of(false);
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().statusClaimed()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
        assertThat(stage.acceptanceRuns).isEqualTo(3);
    }

    @Test
    void acceptanceGoesBackWithinTheEnvelopeOnly() throws InterruptedException {
        Stage stage = stage(DONE);
        stage.acceptance = List.of("npm test");
        stage.acceptanceEnds = List.of(false);
        stage.envelope = new Envelope(1, null, null, null);
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
    }

    static List<Integer> everyMoment() {
        return IntStream.range(2, ENTRIES).boxed().toList();
    }

    /** The commands are flaky: they would end otherwise the next time. What was journaled counts. */
    @ParameterizedTest
    @MethodSource("everyMoment")
    void aRunThatIsResumedAnywhereEndsAsTheOneThatWasNot(int accepted) throws InterruptedException {
        Stage untouched = flaky();
        untouched.run(Stage.REQUEST);
        Stage killed = flaky();
        assertThatThrownBy(() -> killed.run(accepted, Stage.REQUEST)).isInstanceOf(InMemoryJournal.Died.class);
        long journaled = killed.entries(JournalEntry.ToolsRan.class).filter(ActingRulesTest::isAcceptance).count();
        killed.acceptanceRuns = (int) journaled;
        killed.run();
        assertThat(killed.delivered().evidence()).isEqualTo(untouched.delivered().evidence());
        assertThat(killed.delivered().digest()).isEqualTo(untouched.delivered().digest());
        assertThat(alerts(killed)).hasSameSizeAs(alerts(untouched)).hasSize(1);
        assertThat(killed.entries(JournalEntry.ToolsRan.class).filter(ActingRulesTest::isAcceptance)).hasSize(2);
    }

    private static Stage flaky() {
        Stage stage = stage(writes("migrations/1.sql", "CREATE TABLE t (id int);"), DONE, writes("src/api.ts", "v2;"),
                Said.answer(Said.text(Said.done() + "\nTous les tests passent.")));
        stage.acceptance = List.of("npm test");
        stage.acceptanceEnds = List.of(false, true, false);
        return stage;
    }

    private static boolean isAcceptance(JournalEntry.ToolsRan ran) {
        return AcceptanceRule.isOf(ran.results());
    }

    @Test
    void testsThatAreSaidToPassAndNeverRanLowerTheVerifiedStatus() throws InterruptedException {
        Stage stage = stage(Said.answer(Said.text(Said.done().replace("Voici l'API.", "Tous les tests passent."))));
        stage.run(Stage.REQUEST);
        assertThat(stage.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
        assertThat(stage.delivered().evidence()).contains("tests: the reply says that they pass, but no command ran any");
    }

    @Test
    void testsThatAreSaidToPassAreTiedToTheCommandThatRan() throws InterruptedException {
        Answer claim = Said.answer(Said.text(Said.done().replace("Voici l'API.", "Les 9 tests passent.")));
        Stage ran = stage(runs("npm test"), claim);
        ran.run(Stage.REQUEST);
        assertThat(ran.delivered().statusVerified()).isEqualTo(DeliverablePublished.COMPLETED);
        assertThat(ran.delivered().evidence()).anyMatch(line -> line.contains("`npm test` ended without an error"));
        Stage failed = stage(runs("npm test -- fail"), claim);
        failed.run(Stage.REQUEST);
        assertThat(failed.delivered().statusVerified()).isEqualTo(DeliverablePublished.UNVERIFIED);
    }
}
