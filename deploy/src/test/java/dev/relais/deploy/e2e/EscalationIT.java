package dev.relais.deploy.e2e;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions to other agents, read and answered by plain Kafka clients. */
@ExtendWith(SharedFleet.class)
final class EscalationIT {
    private final Fleet fleet;

    EscalationIT(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void i8_escalationReachesBothAgentsOfItsRowOnceAndTheAnswerIsDelivered() {
        String task = fleet.submit("ESCALADE : lecture en 5 ms", 2);
        var toArchitect = fleet.topic("inbox.architecte").await("the question", message -> message.isOf(task));
        var toChief = fleet.topic("inbox.chef-equipe").await("the question", message -> message.isOf(task));
        fleet.awaitState(task, "INPUT_REQUIRED");
        assertThat(toArchitect.is("escalation.raised")).isTrue();
        assertThat(toArchitect.id()).matches(task + "/\\d+\\.\\d+\\.0-architecte");
        assertThat(toChief.id()).endsWith("-chef-equipe");
        assertThat(toChief.data().path("done").asText()).isNotEmpty();
        assertThat(toChief.data().path("obstacle").asText()).contains("8 ms");
        assertThat(toChief.data().path("options")).hasSize(2);
        assertThat(toChief.data().path("files").isArray()).isTrue();

        answer(toArchitect.id(), "Prends la vue matérialisée.");
        assertThat(fleet.awaitDeliverable(task).data().path("text").asText()).contains("Prends la vue matérialisée.");
        fleet.awaitState(task, "COMPLETED");
        assertThat(fleet.topic("inbox.architecte").now(message -> message.isOf(task))).hasSize(1);
        assertThat(fleet.topic("inbox.chef-equipe").now(message -> message.isOf(task))).hasSize(1);

        String late = answer(toChief.id(), "Moi, je prendrais un cache.");
        var recorded = fleet.topic("validations").await("the late answer",
                message -> late.equals(message.data().path("input").asText()));
        assertThat(recorded.data().path("standing").asText()).isEqualTo("late");
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).hasSize(1);
    }

    private String answer(String child, String text) {
        return fleet.upstream().binary("escalation.answered", child.substring(0, child.indexOf('/')),
                Map.of("child", child, "text", text, "by", "e2e"));
    }
}
