package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

import dev.relais.deploy.crash.Epochs.End;
import dev.relais.deploy.crash.Work.Pace;
import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;
import dev.relais.deploy.e2e.Topic;
import dev.relais.deploy.e2e.Topic.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is killed, stopped or restarted while tasks are in flight: nothing is lost, repeated or paid twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "relais.soak", matches = "true", disabledReason = "long; .ci/soak runs it")
final class DisturbanceIT {
    private static final int TASKS = Soak.number("disturbance-tasks", 40);
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusMillis(500L * TASKS);

    /** Ticks are slow here, so that who loses its lease is silent indeed and not only starved by a loaded machine. */
    private static final String TICK = "500ms";

    private final List<String> all = new ArrayList<>();
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
                Map.of("RELAIS_CONCURRENCY", Integer.toString(TASKS), "RELAIS_TICK", TICK)));
        fleet.startParts("worker-a", "worker-b");
        account = Account.open(fleet, PATIENCE);
    }

    /** Once more in the end: what a zombie wrote when it woke may have come behind its own test. */
    @AfterAll
    void everyTaskOfAllStillHasOneOutcome() throws Exception {
        try {
            account.settle(all);
        } finally {
            fleet.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void disturbanceLosesAndRepeatsNothing(Disturbance what) throws Exception {
        // What loses no worker is seen only by tasks that are still in flight when it is over.
        Pace pace = what.isOfWorker() ? Pace.QUICK : Pace.SLOW;
        List<String> tasks = inFlight(what.name().toLowerCase(Locale.ROOT), pace);
        Victim victim = busiest(tasks);
        long start = System.nanoTime();
        new Disturber(fleet).disturb(what, what == Disturbance.COORDINATOR_KILLED ? "coordinator" : victim.part());
        if (pace == Pace.SLOW) {
            outliveIt(tasks);
        }
        settle(what.name(), tasks, start);
        Epochs epochs = account.epochs(tasks);
        switch (what) {
            case WORKER_KILLED, WORKER_SUSPENDED -> assertThat(epochs.lost()).as("epochs lost to silence")
                    .anyMatch(lost -> lost.owner().equals(victim.id()) && lost.how() == End.SILENT);
            case WORKER_TOLD_TO_STOP -> isLeftInOrder(victim, epochs);
            // Rule 3: the clock stands in the log, and who cannot write for a while goes on with what it still owns.
            case COORDINATOR_KILLED, BROKER_RESTARTED, BROKER_KILLED -> epochs.areOneEach();
        }
    }

    private static void isLeftInOrder(Victim victim, Epochs epochs) {
        assertThat(victim.runs()).as("runs of a worker that was told to stop")
                .allMatch(task -> epochs.isLetGo(task, victim.id()));
        assertThat(epochs.lost()).as("epochs that it lost").filteredOn(lost -> lost.owner().equals(victim.id())).isNotEmpty()
                .allMatch(lost -> lost.how() == End.YIELDED);
    }

    @Test
    @Order(2)
    void killedCoordinatorsPartitionsGoOnWithItsStandby() throws Exception {
        fleet.launch("coordinator-2", Part.Program.relais("coordinator")).awaitReady();
        List<String> tasks = inFlight("standby", Pace.SLOW);
        long start = System.nanoTime();
        fleet.part("coordinator").kill();
        Topic journal = fleet.topic("journal");
        long before = journal.now(entry -> entry.is("clock.ticked")).size();
        // The standby has them all when each partition's clock goes on.
        journal.awaitUntil("ticks of the standby", PATIENCE,
                entries -> entries.stream().filter(entry -> entry.is("clock.ticked")).skip(before)
                        .map(Message::partition).distinct().count() == fleet.partitions(),
                () -> "clocks stand still");
        outliveIt(tasks);
        settle("COORDINATOR_KILLED with a standby", tasks, start);
        account.epochs(tasks).areOneEach();
    }

    /** A worker, and the runs that are open with it. */
    private record Victim(String part, String id, Set<String> runs) {}

    private Victim busiest(List<String> tasks) {
        Epochs epochs = account.epochs(tasks);
        Victim busiest = Stream.of("worker-a", "worker-b").map(part -> {
            String id = fleet.part(part).word();
            return new Victim(part, id, epochs.openOf(id));
        }).max(Comparator.comparingInt(victim -> victim.runs().size())).orElseThrow();
        assertThat(busiest.runs()).as("runs of %s when it is struck", busiest.part()).hasSizeGreaterThanOrEqualTo(TASKS / 8);
        return busiest;
    }

    /** Tasks of which none can be done: of the quick ones some have replied already, the slow ones are claimed. */
    private List<String> inFlight(String prefix, Pace pace) {
        List<String> tasks = account.submit(prefix, TASKS, pace);
        all.addAll(tasks);
        String type = pace == Pace.QUICK ? "model.replied" : "run.claimed";
        int least = pace == Pace.QUICK ? TASKS / 4 : TASKS;
        var these = new HashSet<>(tasks);
        fleet.topic("journal").awaitUntil(type, PATIENCE, entries -> entries.stream()
                .filter(entry -> these.contains(entry.key()) && entry.is(type)).count() >= least, () -> "too few");
        return tasks;
    }

    private void outliveIt(List<String> tasks) {
        Epochs epochs = account.epochs(tasks);
        assertThat(Stream.of("worker-a", "worker-b").flatMap(part -> epochs.openOf(fleet.part(part).word()).stream()))
                .as("runs in flight when it is over").hasSizeGreaterThanOrEqualTo(TASKS / 4);
    }

    private void settle(String what, List<String> tasks, long start) throws Exception {
        account.awaitOutcomes(tasks, PATIENCE);
        int repeated = account.settle(tasks);
        System.out.printf("%s: %d tasks, %d calls paid twice, all delivered after %d ms%n", what, tasks.size(), repeated,
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
