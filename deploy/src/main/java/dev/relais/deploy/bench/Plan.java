package dev.relais.deploy.bench;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param repetitions of raw limit and throughput, interleaved
 * @param warmUps of the throughput, at most
 * @param tasks of one turn in one repetition
 * @param concurrency runs that the worker of throughput and latency takes
 * @param latencyFor how long 20 tasks a second are submitted
 * @param runs in flight, for the memory of one
 * @param thinks of the model in the memory part
 * @param turns of the long conversation
 * @param tick of the kill part
 * @param killed runs in flight at the kill
 * @param endures how long half the throughput is held
 */
public record Plan(int repetitions, int warmUps, int tasks, int concurrency, Duration latencyFor, List<Integer> runs,
        Duration thinks,
        int turns, Duration tick, int killed, Duration endures) {

    public static final Plan FULL = new Plan(5, 6, 12_000, 2_000, Duration.ofSeconds(30), List.of(1_000, 5_000),
            Duration.ofSeconds(2), 200, Duration.ofSeconds(1), 200, Duration.ofMinutes(20));
    public static final Plan QUICK = new Plan(1, 1, 300, 500, Duration.ofSeconds(3), List.of(300), Duration.ofMillis(500),
            30, Duration.ofMillis(100), 30, Duration.ofSeconds(20));

    public Plan {
        runs = List.copyOf(runs);
    }

    /** Whether what needs a fleet of its own is measured too: a shorter commit interval, the model inside the worker in the memory part. */
    boolean isWhole() {
        return latencyFor.compareTo(QUICK.latencyFor()) > 0;
    }

    /** How often a snapshot is taken of each kind. */
    int snapshots() {
        return isWhole() ? 60 : 5;
    }

    /** How often a repository is checked out. */
    int checkouts() {
        return isWhole() ? 25 : 3;
    }

    public Plan repeated(int times) {
        return new Plan(times, warmUps, tasks, concurrency, latencyFor, runs, thinks, turns, tick, killed, endures);
    }
}
