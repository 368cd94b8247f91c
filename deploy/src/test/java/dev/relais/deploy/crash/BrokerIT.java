package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Parts that wait for a broker: one that is not there yet and one that is away for longer than a lease; {@link LostLocksIT} has one that lost its share locks. */
final class BrokerIT {
    private static final int TASKS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LEASE = TICK.multipliedBy(10);
    /** The model's longest answer, and what a loaded machine adds. */
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    @Test
    void startOrderDoesNotMatterAndABrokerThatIsAwayCostsTimeAlone() throws Exception {
        try (var fleet = Fleet.prepare(new Fleet.Plan("broker", "crash/work.yaml", 4, Map.of()))) {
            try {
                fleet.launch("worker", Part.Program.relais("worker"));
                fleet.launch("coordinator", Part.Program.relais("coordinator"));
                fleet.startBroker();
                fleet.part("worker").awaitReady();
                fleet.part("coordinator").awaitReady();
                var account = Account.open(fleet, PATIENCE);
                brokerAwayForLongerThanALease(fleet, account);
            } catch (AssertionError | RuntimeException e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }

    /** Rule 3: nothing new is started; nobody's lease runs out, because the clock stands in the log; and the runs go on. */
    private static void brokerAwayForLongerThanALease(Fleet fleet, Account account) throws Exception {
        List<String> tasks = account.submit("away", TASKS);
        var these = new HashSet<>(tasks);
        fleet.topic("journal").awaitUntil("replies", PATIENCE, all -> all.stream()
                .filter(entry -> these.contains(entry.key()) && entry.is("model.replied")).count() >= TASKS / 2, () -> "too few");
        fleet.part("broker").suspend();
        try {
            await("calls in flight end").pollDelay(LAST_CALL).atMost(PATIENCE).until(() -> true);
            int asked = fleet.asked().size();
            await("a lease and a half without a call").during(LEASE.plus(LEASE.dividedBy(2))).atMost(PATIENCE)
                    .until(() -> fleet.asked().size() == asked);
        } finally {
            fleet.part("broker").resume();
        }
        account.awaitOutcomes(tasks, PATIENCE);
        assertThat(account.settle(tasks)).as("calls paid twice").isZero();
        assertThat(account.epochs(tasks).lost()).as("every task kept its first owner").isEmpty();
    }
}
