package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;
import dev.relais.deploy.e2e.Topic.Message;

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
        // Half of the tasks fit into the two workers, so that whenever one of them dies the others still wait in the coordinator.
        fleet = Fleet.start(new Fleet.Plan("crash-points", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(TASKS / 4))));
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
            Optional<SlowPush> slow = slowPush(point, kill);
            List<String> tasks = submit(point, slow);
            assertThat(victim.awaitEnd(PATIENCE)).as("the fuse of %s burnt", point).isEqualTo(Fuse.HALTED);
            areInFlight(tasks, point);
            if (point == CrashPoint.DURING_PUSH) {
                assertThat(slow.orElseThrow().inTheMiddle()).as("pushes that stand in the middle").isNotEmpty();
                slow.get().letAllGo();
            }
            settle(point, tasks);
            if (slow.isPresent()) {
                assertThat(slow.get().branches()).as("branches, among them one that its worker did not live to conclude")
                        .anyMatch(branch -> !isConcluded(branch, tasks));
            }
        }
    }

    /** Tasks that push before they conclude need a repository of their own. */
    private Optional<SlowPush> slowPush(CrashPoint point, int kill) throws Exception {
        return point == CrashPoint.DURING_PUSH || point == CrashPoint.AFTER_PUSH
                ? Optional.of(SlowPush.prepare(fleet.newRepository(point.name().toLowerCase(Locale.ROOT) + kill)))
                : Optional.empty();
    }

    /** @param branch task, round and epoch */
    private boolean isConcluded(String branch, List<String> tasks) {
        var these = Set.copyOf(tasks);
        return fleet.topic("journal").now(entry -> these.contains(entry.key()) && entry.is("run.concluded")).stream()
                .anyMatch(entry -> branch.equals(entry.key() + "-1." + entry.headers().get("epoch")));
    }

    /** What a committed state is known of. */
    private Set<String> accepted(Collection<String> tasks) {
        var these = Set.copyOf(tasks);
        return fleet.topic("tasks").now(state -> these.contains(state.key())).stream().map(Message::key)
                .collect(Collectors.toSet());
    }

    /** All of them stood among the requests when the part died: many of them without an outcome, and a quarter accepted by then. */
    private void areInFlight(List<String> tasks, CrashPoint point) {
        var unfinished = new HashSet<>(tasks);
        fleet.deliverables().now(outcome -> unfinished.contains(outcome.key()))
                .forEach(outcome -> unfinished.remove(outcome.key()));
        Set<String> accepted = accepted(unfinished);
        System.out.printf("%d of %d tasks unfinished at the death, %d of them accepted%n", unfinished.size(), tasks.size(),
                accepted.size());
        assertThat(unfinished).as("tasks without an outcome at the death").hasSizeGreaterThanOrEqualTo(TASKS / 2);
        // What dies before its commit may take all that it had accepted with it.
        if (point != CrashPoint.BEFORE_COMMIT) {
            assertThat(accepted).as("accepted tasks among them").hasSizeGreaterThanOrEqualTo(TASKS / 4);
        }
    }

    private static int passing(CrashPoint point, int kill) {
        return switch (point) {
            // Early: a victim that is starved loses its runs to the other worker, or comes to its twenty-fifth end when there is nothing left to do.
            case AFTER_REPLIED, AFTER_TOOLS_RAN, DURING_PUSH, AFTER_PUSH, AFTER_CONCLUDED -> TASKS / 40 + kill;
            default -> TASKS / 8 + kill;
        };
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.INCLUDE, names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void coordinatorThatDiesAroundItsCommitLosesAndRepeatsNothing(CrashPoint point) throws Exception {
        // With room for all of them, so that most are dispatched before any is done.
        fleet.launch("roomy", Part.Program.relais("worker"), Map.of("RELAIS_CONCURRENCY", Integer.toString(TASKS))).awaitReady();
        for (int kill = 0; kill < KILLS; kill++) {
            fleet.part("coordinator").stop();
            var victim = fleet.launch("coordinator", new Part.Program(FusedCoordinator.class.getName(),
                    Fuse.options(point, 3 * TASKS / 4 + kill), List.of()));
            victim.awaitReady();
            List<String> tasks = submit(point, Optional.empty());
            assertThat(victim.awaitEnd(PATIENCE)).as("the fuse of %s burnt", point).isEqualTo(Fuse.HALTED);
            areInFlight(tasks, point);
            fleet.launch("coordinator", Part.Program.relais("coordinator")).awaitReady();
            settle(point, tasks);
        }
        assertThat(fleet.part("roomy").stop()).isZero();
    }

    /** A victim comes late to the later points, having just started: the worker that stays has done many a task by then. */
    private static int lateness(CrashPoint point) {
        return switch (point) {
            case AFTER_REPLIED, AFTER_TOOLS_RAN -> 2;
            case DURING_PUSH, AFTER_PUSH, AFTER_CONCLUDED -> 3;
            default -> 1;
        };
    }

    private List<String> submit(CrashPoint point, Optional<SlowPush> slow) {
        String prefix = point.name().toLowerCase(Locale.ROOT);
        int count = TASKS * lateness(point);
        List<String> tasks = slow.map(remote -> account.submit(prefix, count, remote.url()))
                .orElseGet(() -> account.submit(prefix, count));
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
