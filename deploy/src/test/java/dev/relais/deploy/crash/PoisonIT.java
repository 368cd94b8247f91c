package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;
import dev.relais.deploy.e2e.Topic.Message;
import dev.relais.deploy.e2e.Upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Rule 9: a task that kills its workers is found out and ended, and the ones beside it are not. */
final class PoisonIT {
    private static final int INNOCENT = Soak.number("poison-innocent", 31, 255);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Test
    void oneTaskThatKillsItsWorkersIsEndedAndTheInnocentOnesAreDelivered() throws Exception {
        var plan = new Fleet.Plan("poison", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(INNOCENT + 1)));
        try (var fleet = Fleet.start(plan)) {
            try {
                fleet.startParts("calm");
                var account = Account.open(fleet, PATIENCE);
                assertThat(fleet.part("calm").stop()).isZero();
                poison(fleet, account);
            } catch (AssertionError | RuntimeException e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }

    private static void poison(Fleet fleet, Account account) throws Exception {
        var program = new Part.Program(PoisonedWorker.class.getName(), List.of(), List.of());
        fleet.launch("fragile", program).awaitReady();
        String poison = Fleet.newTask("poison");
        List<String> innocent = account.submit("innocent", INNOCENT);
        fleet.upstream().binary("task.requested", poison, Upstream.request(poison, PoisonedWorker.POISON, 3));
        var deaths = new int[1];
        var outcome = fleet.deliverables();
        await("the poison is ended").atMost(PATIENCE).until(() -> {
            if (!fleet.has("fragile")) {
                deaths[0]++;
                fleet.launch("fragile", program);
            }
            return !outcome.now(message -> message.isOf(poison)).isEmpty();
        });
        Message ended = outcome.now(message -> message.isOf(poison)).getFirst();
        assertThat(ended.is("task.failed")).isTrue();
        assertThat(ended.data().path("reason").asText()).isEqualTo("poison");
        // A worker that is suspected dead while it still starts counts as a loss too: never more than three, on a slow machine fewer.
        assertThat(deaths[0]).as("workers that it cost").isBetween(1, 3);
        account.awaitOutcomes(innocent, PATIENCE);
        account.settle(innocent);
    }
}
