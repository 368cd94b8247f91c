package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker, or the coordinator, dies at every point at which it may, with tasks in flight all around. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashPointIT {
    private static final int TASKS = Soak.number("crash-tasks", 40);
    private static final int KILLS = Soak.number("crash-kills", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(60).plusMillis(500L * TASKS);

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
        // Half of the tasks fit into one worker: neither the one that dies nor the one that stays has them all.
        fleet = Fleet.start(new Fleet.Plan("crash-points", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(TASKS / 2))));
        fleet.startParts("steady");
        account = Account.open(fleet, PATIENCE);
    }

    @AfterAll
    void everyTaskOfAllStillHasOneOutcome() throws Exception {
        try {
            account.settle(all);
        } finally {
            fleet.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void workerThatDiesLosesAndRepeatsNothing(CrashPoint point) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            var victim = fleet.launch("victim", new Part.Program(FusedWorker.class.getName(),
                    Fuse.options(point, passing(point, kill)), List.of()));
            victim.awaitReady();
            List<String> tasks = submit(point);
            assertThat(victim.awaitEnd(PATIENCE)).as("the fuse of %s burnt", point).isEqualTo(Fuse.HALTED);
            settle(point, tasks);
        }
    }

    /** Work is polled by up to 32 at a time, everything else comes one by one. */
    private static int passing(CrashPoint point, int kill) {
        return switch (point) {
            case BEFORE_CLAIM -> 1;
            case CLAIMED_NOT_ACKNOWLEDGED -> 1 + kill;
            // Early: a victim that is starved loses its runs to the other worker, and would never come to its twenty-fifth end.
            case AFTER_CONCLUDED -> TASKS / 40 + kill;
            default -> TASKS / 8 + kill;
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.INCLUDE, names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void coordinatorThatDiesAroundItsCommitLosesAndRepeatsNothing(CrashPoint point) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            fleet.part("coordinator").stop();
            var victim = fleet.launch("coordinator",
                    new Part.Program(FusedCoordinator.class.getName(), Fuse.options(point, 3 + kill), List.of()));
            victim.awaitReady();
            List<String> tasks = submit(point);
            assertThat(victim.awaitEnd(PATIENCE)).as("the fuse of %s burnt", point).isEqualTo(Fuse.HALTED);
            fleet.launch("coordinator", Part.Program.relais("coordinator")).awaitReady();
            settle(point, tasks);
        }
    }

    /** Where somebody dies in the middle of a push, something must be pushed: to the tasks' own repository. */
    private List<String> submit(CrashPoint point) throws Exception {
        String prefix = point.name().toLowerCase(Locale.ROOT);
        List<String> tasks = point == CrashPoint.DURING_PUSH
                ? account.submit(prefix, TASKS, fleet.newRepository(prefix))
                : account.submit(prefix, TASKS);
        all.addAll(tasks);
        return tasks;
    }

    private void settle(CrashPoint point, List<String> tasks) throws Exception {
        long died = System.nanoTime();
        account.awaitOutcomes(tasks, PATIENCE);
        int repeated = account.settle(tasks);
        System.out.printf("%s: %d tasks, %d calls paid twice, all delivered %d ms after the death%n", point, tasks.size(),
                repeated,
                Duration.ofNanos(System.nanoTime() - died).toMillis());
    }
}
