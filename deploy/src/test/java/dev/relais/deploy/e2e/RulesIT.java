package dev.relais.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.deploy.e2e.Topic.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** A persona that forgets, claims, hides and breaks: what comes of each, on the topics and in {@code relais show}. */
@ExtendWith(SharedFleet.class)
class RulesIT {
    private final Fleet fleet;

    @TempDir
    Path dir;

    RulesIT(Fleet fleet) {
        this.fleet = fleet;
    }

    private static String evidence(JsonNode deliverable) {
        return deliverable.path("evidence").toString();
    }

    @Test
    void aForgottenBannerIsAskedForOnceAndTheMendedReplyIsDelivered() throws Exception {
        String task = fleet.submit("SANS-BANNIERE : quel index ?", 2);
        JsonNode deliverable = fleet.awaitDeliverable(task).data();
        assertThat(deliverable.path("statusVerified").asText()).isEqualTo("completed");
        assertThat(deliverable.path("turns").asInt()).isEqualTo(2);
        assertThat(fleet.show(task)).contains("la bannière d'entrée", "COMPLETED");
    }

    @Test
    void aBlockThatIsForgottenTwiceIsDeliveredAsUnverified() throws Exception {
        String task = fleet.submit("SANS-BLOC : quel index ?", 2);
        assertThat(fleet.awaitDeliverable(task).data().path("statusVerified").asText()).isEqualTo("unverified");
        assertThat(fleet.show(task)).contains("le bloc livrable", "unverified");
    }

    @Test
    void aFileThatWasNeverWrittenGoesBackOnceAndIsNotVerified() throws Exception {
        String task = fleet.submit("FANTOME : une API", 2);
        JsonNode deliverable = fleet.awaitDeliverable(task).data();
        assertThat(deliverable.path("statusClaimed").asText()).isEqualTo("completed");
        assertThat(deliverable.path("statusVerified").asText()).isEqualTo("unverified");
        assertThat(deliverable.path("turns").asInt()).isEqualTo(3);
        assertThat(evidence(deliverable)).contains("src/fantome.ts is named in the block and did not change");
        assertThat(fleet.show(task)).contains("« worker: Ton bloc livrable nomme des fichiers", "src/fantome.ts",
                "claimed, but not changed", "unverified (claimed: completed)");
    }

    @Test
    void acceptanceThatFailsGoesBackAndItsResultsStandInTheDeliverable() throws Exception {
        String task = Fleet.newTask("task");
        var request = new LinkedHashMap<>(Upstream.request(task, "ACCEPTATION : deux fichiers", 2));
        request.put("acceptance", List.of("test -f src/ok.ts"));
        fleet.upstream().binary("task.requested", task, request);
        JsonNode deliverable = fleet.awaitDeliverable(task).data();
        assertThat(deliverable.path("statusVerified").asText()).isEqualTo("completed");
        assertThat(evidence(deliverable)).contains("acceptance: `test -f src/ok.ts` passed",
                "acceptance: failures went back to the persona, times: 1");
        assertThat(fleet.show(task)).contains("✗ exit code 1", "« worker: Les commandes d'acceptation", "✓ exit code 0");
    }

    @Test
    void aSecretThatStaysEndsTheTaskAndIsPublishedNowhere() throws Exception {
        String task = fleet.submit("CACHE : une connexion", 2);
        Message ended = fleet.deliverables().await("the end of " + task, message -> message.isOf(task));
        assertThat(ended.is("task.failed")).as("%s", ended.data()).isTrue();
        assertThat(ended.data().path("reason").asText()).isEqualTo("secret-in-deliverable");
        assertThat(ended.data().toString()).contains("src/db.ts").doesNotContain("kT9vQ2xLr8WzP4mN");
        assertThat(fleet.show(task)).contains("secret-in-deliverable", "src/db.ts");
    }

    @Test
    void aPaymentDependencyWithoutAWordAlertsSecurite() throws Exception {
        String task = fleet.submit("PAIEMENT : une dépendance", 2);
        Message alert = fleet.topic("inbox.securite").await("the alert", message -> message.isOf(task));
        assertThat(alert.data().path("origin").asText()).isEqualTo("watch");
        assertThat(alert.data().path("obstacle").asText()).contains("package.json", "stripe");
        fleet.awaitDeliverable(task);
        assertThat(fleet.show(task)).contains("securite", "watched, sensitive: package.json");
        assertThat(alert.headers().get("personahash")).as("the persona's hash").matches("[0-9a-f]{64}");
    }

    @Test
    void aBreakingContractConsultsFrontendDev() throws Exception {
        String task = Fleet.newTask("task");
        var request = new LinkedHashMap<>(Upstream.request(task, "CONTRAT-CASSE : raccourcis", 2));
        request.put("workspace", Map.of("repository", "file://" + withContract()));
        fleet.upstream().binary("task.requested", task, request);
        Message asked = fleet.topic("inbox.frontend-dev").await("the consultation", message -> message.isOf(task));
        assertThat(asked.data().path("obstacle").asText()).contains("openapi.yaml", "/orders");
        fleet.awaitDeliverable(task);
        assertThat(fleet.show(task)).contains("frontend-dev", "openapi.yaml");
    }

    private Path withContract() throws IOException, InterruptedException {
        Path repository = Files.createDirectories(dir.resolve("shop"));
        Files.writeString(repository.resolve("openapi.yaml"), """
                openapi: 3.0.3
                info: {title: Shop, version: '1'}
                paths:
                  /carts:
                    get:
                      responses:
                        '200': {description: Carts}
                  /orders:
                    get:
                      responses:
                        '200': {description: Orders}
                """);
        int code = new ProcessBuilder("sh", "-c",
                "git init -q . && git add -A && git -c user.name=e2e -c user.email=e2e@localhost commit -qm first")
                .directory(repository.toFile()).inheritIO().start().waitFor();
        assertThat(code).isZero();
        return repository;
    }

    @Test
    void aQuestionOffTheTableIsSentMarkedAndNotWaitedFor() throws Exception {
        String task = fleet.submit("HORS-TABLE : que faire ?", 2);
        Message asked = fleet.topic("inbox.securite").await("the question", message -> message.isOf(task));
        assertThat(asked.data().path("offTable").toString()).isEqualTo("[\"securite\"]");
        fleet.awaitDeliverable(task);
        fleet.awaitState(task, "COMPLETED");
        assertThat(fleet.show(task)).contains("securite", "Météo défavorable", "off the table");
    }

    @Test
    void aQuestionToAnAgentThatDoesNotExistComesBackToTheModel() throws Exception {
        String task = fleet.submit("HORS-REGISTRE : quel moteur ?", 2);
        assertThat(fleet.awaitDeliverable(task).data().path("turns").asInt()).isEqualTo(2);
        fleet.awaitState(task, "COMPLETED");
        assertThat(fleet.show(task)).contains("✗ The escalation was not sent", "no agent is called dba");
    }

    @Test
    void aRequestWithoutContractOrDatabaseDecisionIsVisibleAsSuch() throws Exception {
        String task = fleet.submit("CONSEIL : quel index ?", 2);
        JsonNode deliverable = fleet.awaitDeliverable(task).data();
        assertThat(evidence(deliverable)).contains("request: api-contract was not given, which the persona calls blocking");
        assertThat(fleet.show(task))
                .contains("⚠ the request does not give what the persona calls blocking: api-contract, database-decision");
    }
}
