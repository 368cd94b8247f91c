package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

/** Whatever is killed, stopped or restarted while tasks are in flight: nothing is lost, repeated or paid twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "relais.soak", matches = "true", disabledReason = "long; .ci/soak runs it")
final class DisturbanceIT {
    private static final int TASKS = Soak.number("disturbance-tasks", 40);
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusMillis(500L * TASKS);

    private Fleet fleet;
    private Account account;

    @RegisterExtension
    final AfterTestExecutionCallback showLogs = context -> {
        if (context.getExecutionException().isPresent()) {
            System.err.println(fleet.logs());
        }
    };

    @BeforeAll
    void start() throws Exception {
        fleet = Fleet.start(new Fleet.Plan("disturbances", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(TASKS))));
        fleet.startParts("worker-a", "worker-b");
        account = Account.open(fleet, PATIENCE);
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void disturbanceLosesAndRepeatsNothing(Disturbance what) throws Exception {
        String part = what == Disturbance.COORDINATOR_KILLED ? "coordinator" : "worker-a";
        List<String> tasks = inFlight(what.name().toLowerCase(java.util.Locale.ROOT));
        long start = System.nanoTime();
        new Disturber(fleet).disturb(what, part);
        settle(what.name(), tasks, start);
    }

    @Test
    @Order(2)
    void killedCoordinatorsPartitionsGoOnWithItsStandby() throws Exception {
        fleet.launch("coordinator-2", Part.Program.relais("coordinator")).awaitReady();
        List<String> tasks = inFlight("standby");
        long start = System.nanoTime();
        fleet.part("coordinator").kill();
        settle("COORDINATOR_KILLED with a standby", tasks, start);
    }

    /** Tasks of which some have replied already and none can be done. */
    private List<String> inFlight(String prefix) {
        List<String> tasks = account.submit(prefix, TASKS);
        var these = new HashSet<>(tasks);
        fleet.topic("journal").awaitUntil("replies", PATIENCE, all -> all.stream()
                .filter(entry -> these.contains(entry.key()) && entry.is("model.replied")).count() >= TASKS / 4, () -> "too few");
        return tasks;
    }

    private void settle(String what, List<String> tasks, long start) throws Exception {
        account.awaitOutcomes(tasks, PATIENCE);
        int repeated = account.settle(tasks);
        System.out.printf("%s: %d tasks, %d calls paid twice, all delivered after %d ms%n", what, tasks.size(), repeated,
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
