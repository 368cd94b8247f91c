package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

/** Everything that may happen, at random, one thing after the other, while there are always tasks in flight. */
@EnabledIfSystemProperty(named = "relais.soak", matches = "true", disabledReason = "long; .ci/soak runs it")
final class RandomIT {
    private static final Duration LENGTH = Soak.seconds("random-seconds", 30);
    private static final int TASKS = Soak.number("random-tasks", 40);
    /** Two cores that six builds shared needed 150 s for the slowest task of 5,400. */
    private static final Duration PATIENCE = Soak.seconds("random-patience", 300);
    private static final long SEED = Long.getLong("relais.soak.random-seed", new Random().nextLong());

    /** All of them, or those that are named, for instance {@code BROKER_KILLED,COORDINATOR_KILLED}; one named twice comes twice as often. */
    private static final List<Disturbance> KINDS = Soak.of("random-kinds", Disturbance.class);

    private final Random random = new Random(SEED);

    @Test
    void disturbancesAtRandomLoseAndRepeatNothing() throws Exception {
        System.out.println("seed: -Drelais.soak.random-seed=" + SEED);
        // A lease of 5 s: with the 2 s of other tests workers that a loaded machine starves lose run after run, until innocent tasks pass for poison.
        var plan = new Fleet.Plan("random", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(2 * TASKS), "RELAIS_TICK", "500ms"));
        try (var fleet = Fleet.start(plan)) {
            fleet.launch("coordinator-2", Part.Program.relais("coordinator"));
            fleet.startParts("worker-a", "worker-b");
            try {
                disturb(fleet, Account.open(fleet, PATIENCE));
            } catch (AssertionError | RuntimeException e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }

    private void disturb(Fleet fleet, Account account) throws Exception {
        var disturber = new Disturber(fleet);
        var all = new ArrayList<String>();
        List<String> before = List.of();
        long end = System.nanoTime() + LENGTH.toNanos();
        int done = 0;
        while (System.nanoTime() < end) {
            List<String> tasks = account.submit("random", TASKS);
            all.addAll(tasks);
            Disturbance what = KINDS.get(random.nextInt(KINDS.size()));
            String which = random.nextBoolean() ? "a" : "b";
            String part = what == Disturbance.COORDINATOR_KILLED
                    ? which.equals("a") ? "coordinator" : "coordinator-2"
                    : "worker-" + which;
            System.out.println(++done + ": " + what + " " + part);
            disturber.disturb(what, part);
            // The tasks of the round before: those of this one stay in flight while the next thing happens.
            account.awaitOutcomes(before, PATIENCE);
            before = tasks;
        }
        account.awaitOutcomes(all, PATIENCE);
        int repeated = account.settle(all);
        System.out.printf("%d disturbances, %d tasks, %d calls paid twice%n", done, all.size(), repeated);
    }
}
