package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.CoordinatorMain;
import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

import static org.assertj.core.api.Assertions.assertThat;

/** Bursts of tasks without work, with capacity for all, so that they stand in the inbox at once. */
final class BurstIT {
    private static final int BURSTS = Soak.number("bursts", 10);
    private static final int TASKS = Soak.number("burst-tasks", 3_000);
    private static final Duration MOST = Duration.ofMinutes(4);
    /** Bursts go on for long: other than for a part that only starts and dies, the second compiler pays. */
    private static final List<String> ALL_COMPILERS = List.of("-XX:TieredStopAtLevel=4");
    private static final long LONGEST = 5_000;
    /** A part of a burst goes before: what three JVMs in their first seconds take for a claim, they take for compiling. */
    private static final int COLD = 3;

    @Test
    void noWorkOfABurstStandsUnclaimedForFiveSeconds() throws Exception {
        var plan = new Fleet.Plan("bursts", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(2 * TASKS), "RELAIS_TICK", "1s"));
        try (var fleet = Fleet.start(plan)) {
            fleet.launch("coordinator",
                    new Part.Program(CoordinatorMain.class.getName(), ALL_COMPILERS, List.of()));
            fleet.launch("idle", new Part.Program(IdleWorker.class.getName(), ALL_COMPILERS, List.of()));
            fleet.part("coordinator").awaitReady();
            fleet.part("idle").awaitReady();
            try (var burst = new Burst(fleet)) {
                once(burst, TASKS / COLD, "cold");
                for (int i = 1; i <= BURSTS; i++) {
                    assertThat(once(burst, TASKS, "burst " + i).at(1)).as("longest unclaimed").isLessThan(LONGEST);
                }
            } catch (AssertionError e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }

    private static Burst.Measured once(Burst burst, int tasks, String which) throws Exception {
        Burst.Measured measured = burst.of(tasks, MOST);
        System.out.println(which + ": " + measured);
        assertThat(measured.dispatches()).as("dispatches").isEqualTo(tasks);
        assertThat(measured.outcomes()).as("outcomes").isEqualTo(tasks);
        return measured;
    }
}
