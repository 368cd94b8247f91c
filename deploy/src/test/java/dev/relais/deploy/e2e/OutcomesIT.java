package dev.relais.deploy.e2e;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.relais.deploy.playbook.Asked;

import static org.assertj.core.api.Assertions.assertThat;

/** How tasks end, in each validation mode. */
@ExtendWith(SharedFleet.class)
final class OutcomesIT {
    private final Fleet fleet;

    OutcomesIT(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void modeTwoPublishesWithoutAVerdictAndTheBranchHoldsTheFile() throws Exception {
        String task = fleet.submit("TOURS : écris la décision", 2);
        var deliverable = fleet.awaitDeliverable(task).data();
        fleet.awaitState(task, "COMPLETED");
        assertThat(deliverable.path("statusVerified").asText()).isEqualTo("completed");
        assertThat(deliverable.path("files").path(0).path("path").asText()).isEqualTo("docs/decision.md");
        assertThat(deliverable.path("costUsd").decimalValue()).isPositive();
        assertThat(fileOf(deliverable.path("repository").asText(), deliverable.path("branch").asText(), "docs/decision.md"))
                .contains("Un index sur la colonne filtrée.");
        assertThat(fleet.topic("validations").now(message -> message.isOf(task))).isEmpty();
    }

    @Test
    void modeThreeLetsASpecialisedAgentGoOnByItself() {
        String task = fleet.submit("CONSEIL : quel index ?", 3);
        assertThat(fleet.awaitDeliverable(task).data().path("text").asText()).contains("⚡ BACKEND", "📦 LIVRABLE");
        fleet.awaitState(task, "COMPLETED");
    }

    @Test
    void modeOneShowsNothingBeforeTheOkAndTheSameBytesAfterIt() {
        String task = fleet.submit("CONSEIL : quel index ?", 1);
        var waiting = fleet.awaitValidation(task, 1);
        fleet.awaitState(task, "INPUT_REQUIRED");
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).isEmpty();
        verdict(task, "ok", waiting.data().path("digest").asText(), null);
        var deliverable = fleet.awaitDeliverable(task);
        fleet.awaitState(task, "COMPLETED");
        assertThat(deliverable.data()).isEqualTo(waiting.data());
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).hasSize(1);
    }

    @Test
    void i7_verdictOnAnotherDigestChangesNothing() {
        String task = fleet.submit("CONSEIL : quel index ?", 1);
        var waiting = fleet.awaitValidation(task, 1);
        String other = verdict(task, "ok", "sha256:" + "0".repeat(64), null);
        var recorded = fleet.topic("validations").await("the stale verdict",
                message -> other.equals(message.data().path("input").asText()));
        assertThat(recorded.data().path("standing").asText()).isEqualTo("stale");
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).isEmpty();
        verdict(task, "refuse", waiting.data().path("digest").asText(), "plus voulu");
        fleet.awaitState(task, "REJECTED");
        assertThat(fleet.deliverables().await("the refusal", message -> message.isOf(task)).is("task.rejected")).isTrue();
    }

    @Test
    void changesLeadToASecondRoundInTheSameConversation() {
        String task = fleet.submit("TOURS : écris la décision " + Fleet.newTask("mot"), 1);
        var first = fleet.awaitValidation(task, 1);
        verdict(task, "changes", first.data().path("digest").asText(), "Nomme aussi l'index partiel");
        var second = fleet.awaitValidation(task, 2);
        assertThat(second.data().path("text").asText()).contains("Nomme aussi l'index partiel", "(tour 2)");
        assertThat(second.data().path("digest").asText()).isNotEqualTo(first.data().path("digest").asText());
        verdict(task, "ok", second.data().path("digest").asText(), null);
        assertThat(fleet.awaitDeliverable(task).data().path("round").asInt()).isEqualTo(2);
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).hasSize(1);
        // The request of the second round carries the two replies of the first, so the script saw turn 2 of one conversation.
        Asked again = fleet.asked().stream().filter(asked -> asked.step().equals("deliver again")).reduce((_, last) -> last)
                .orElseThrow();
        assertThat(again.turns()).isEqualTo(2);
        assertThat(fleet.asked().stream().filter(asked -> asked.conversation().equals(again.conversation())).map(Asked::step))
                .contains("write", "deliver", "deliver again");
    }

    @Test
    void cancelEndsARunThatGoesOn() {
        String task = fleet.submit("LENT : cinq étapes", 2);
        fleet.topic("journal").await("the first turn of " + task, message -> message.isOf(task) && message.is("model.replied"));
        fleet.upstream().binary("cancel.requested", task, Map.of("taskId", task, "reason", "plus voulu", "by", "e2e"));
        fleet.awaitState(task, "CANCELED");
        var ended = fleet.deliverables().await("the cancel", message -> message.isOf(task));
        assertThat(ended.is("task.canceled")).isTrue();
        assertThat(ended.data().path("reason").asText()).isEqualTo("plus voulu");
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).hasSize(1);
    }

    @Test
    void aTaskTakesItsProjectsModeAndAnUnopenedProjectMeansModeOne() {
        String project = Fleet.newTask("projet");
        fleet.upstream().binary("project.opened", "project:" + project, Map.of("project", project, "mode", 2));
        String opened = inProject(project);
        fleet.awaitDeliverable(opened);
        String unopened = inProject(Fleet.newTask("projet"));
        fleet.awaitValidation(unopened, 1);
        assertThat(fleet.awaitState(unopened, "INPUT_REQUIRED").data().path("mode").asInt()).isEqualTo(1);
    }

    private String inProject(String project) {
        String task = Fleet.newTask("task");
        fleet.upstream().binary("task.requested", task,
                Map.of("taskId", task, "request", "CONSEIL : quel index ?", "project", project));
        return task;
    }

    private String verdict(String task, String verdict, String digest, @org.jspecify.annotations.Nullable String text) {
        var data = new java.util.HashMap<String, Object>(
                Map.of("taskId", task, "verdict", verdict, "digest", digest, "by", "e2e"));
        if (text != null) {
            data.put("text", text);
        }
        return fleet.upstream().binary("verdict.given", task, data);
    }

    private static String fileOf(String repository, String branch, String path) throws Exception {
        var git = new ProcessBuilder("git", "--git-dir", java.nio.file.Path.of(java.net.URI.create(repository)).toString(),
                "show",
                branch + ":" + path).redirectErrorStream(true).start();
        String text = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(git.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
