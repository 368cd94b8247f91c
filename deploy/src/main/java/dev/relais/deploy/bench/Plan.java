package dev.relais.deploy.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param repetitions of raw limit and throughput, interleaved
 * @param tasks of one turn in one repetition
 * @param concurrency runs that the worker of throughput and latency takes
 * @param latencyFor how long 20 tasks a second are submitted
 * @param runs in flight, for the memory of one
 * @param thinks of the model in the memory part
 * @param turns of the long conversation
 * @param tick of the kill part
 * @param killed runs in flight at the kill
 */
public record Plan(int repetitions, int tasks, int concurrency, Duration latencyFor, java.util.List<Integer> runs,
        Duration thinks,
        int turns, Duration tick, int killed) {

    public static final Plan FULL = new Plan(5, 4_000, 2_000, Duration.ofSeconds(40), java.util.List.of(1_000, 5_000),
            Duration.ofSeconds(2), 200, Duration.ofSeconds(1), 200);
    public static final Plan QUICK = new Plan(1, 300, 500, Duration.ofSeconds(3), java.util.List.of(300), Duration.ofMillis(500),
            30, Duration.ofMillis(100), 30);

    public Plan repeated(int times) {
        return new Plan(times, tasks, concurrency, latencyFor, runs, thinks, turns, tick, killed);
    }
}
