package dev.relais.deploy.e2e;

import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.relais.deploy.playbook.Asked;

import static org.assertj.core.api.Assertions.assertThat;

/** Parts that die or are restarted while tasks go on. A fleet of its own, because it does not stay whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashIT {
    private Fleet fleet;

    @RegisterExtension
    final AfterTestExecutionCallback showLogs = context -> {
        if (context.getExecutionException().isPresent()) {
            System.err.println(fleet.logs());
        }
    };

    @BeforeAll
    void start() throws Exception {
        fleet = Fleet.start("crash", "worker-a", "worker-b");
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void killedWorkersTaskIsDeliveredOnceByTheOther() throws Exception {
        String task = fleet.submit("LENT : cinq étapes", 2);
        var journal = fleet.topic("journal");
        var second = journal.awaitAll("two turns of " + task, 2, message -> message.isOf(task) && message.is("model.replied"))
                .get(1);
        String owner = String.valueOf(second.headers().get("owner"));
        String victim = owner.startsWith("worker-a") ? "worker-a" : "worker-b";
        fleet.part(victim).kill();

        var deliverable = fleet.awaitDeliverable(task);
        fleet.awaitState(task, "COMPLETED");
        assertThat(deliverable.data().path("files")).hasSize(5);
        assertThat(fleet.deliverables().now(message -> message.isOf(task))).hasSize(1);
        var concluded = journal.await("the conclusion", message -> message.isOf(task) && message.is("run.concluded"));
        assertThat(concluded.headers().get("owner")).doesNotStartWith(victim);
        assertThat(Integer.parseInt(String.valueOf(concluded.headers().get("epoch")))).isGreaterThan(1);
        i5_noReplyThatWasAcceptedIsAskedAgain();
        fleet.startParts(victim);
    }

    /** At most the call in flight is paid twice: six turns, one crash. */
    private void i5_noReplyThatWasAcceptedIsAskedAgain() {
        Map<String, Long> asked = fleet.asked().stream().filter(Asked::isAnswered).filter(call -> call.step().startsWith("slow"))
                .collect(Collectors.groupingBy(Asked::messages, Collectors.counting()));
        assertThat(asked).hasSize(6);
        assertThat(asked.values().stream().filter(times -> times > 1).toList()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void everyPartEndsWithZeroOnSigtermAndAnAnswerAfterTheRestartWakesTheTask() throws Exception {
        String task = fleet.submit("ESCALADE : lecture en 5 ms", 2);
        String child = fleet.topic("inbox.architecte").await("the question", message -> message.isOf(task)).id();
        fleet.awaitState(task, "INPUT_REQUIRED");

        assertThat(fleet.stopAll().values()).containsOnly(0);
        fleet.startBroker();
        fleet.startParts("worker-a", "worker-b");

        fleet.upstream().binary("escalation.answered", task, Map.of("child", child, "text", "Prends la vue matérialisée."));
        assertThat(fleet.awaitDeliverable(task).data().path("text").asText()).contains("Prends la vue matérialisée.");
        fleet.awaitState(task, "COMPLETED");
    }
}
