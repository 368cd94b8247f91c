package dev.relais.deploy.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What Relais adds to the model's own time, submit to deliverable, on a system that does nothing else. */
final class Latency {
    private static final int PER_SECOND = 20;
    private static final int SETTLE_SHARE = 2;
    private static final double MEDIAN = 80;
    private static final double TAIL = 160;

    private final Plan plan;
    private final Told told;

    Latency(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    /** The coordinator's setting as an environment has it. */
    static Map<String, String> committing(int millis) {
        return Map.of("RELAIS_KAFKA_COMMIT_INTERVAL_MS", Integer.toString(millis));
    }

    /**
     * Measures at the same pace that it has settled at.
     *
     * @param title which fleet, and what it did before
     */
    void measure(Fleet fleet, String title) throws IOException, InterruptedException {
        told.progress("latency, " + title + ": " + PER_SECOND + " tasks a second for " + plan.latencyFor().toSeconds() + " s");
        fleet.load().paced(PER_SECOND, plan.latencyFor().dividedBy(SETTLE_SHARE), Script.of(1));
        var before = fleet.cpu();
        List<Double> millis = fleet.load().paced(PER_SECOND, plan.latencyFor(), Script.of(1)).millis();
        var used = fleet.cpu().since(before);
        figure(title + ", p50", Spread.percentile(millis, 50), "ms", new Target.AtMost(MEDIAN));
        figure(title + ", p99", Spread.percentile(millis, 99), "ms", new Target.AtMost(TAIL));
        figure(title + ", CPU a task, worker", (double) used.worker().toMillis() / millis.size(), "ms", new Target.None());
        figure(title + ", CPU a task, coordinator", (double) used.coordinator().toMillis() / millis.size(), "ms",
                new Target.None());
        figure(title + ", CPU a task, broker", (double) used.broker().toMillis() / millis.size(), "ms", new Target.None());
        figure(title + ", CPU a task, JIT compilers of the three", (double) used.compilers().toMillis() / millis.size(), "ms",
                new Target.None());
    }

    private void figure(String what, double value, String unit, Target target) {
        told.figure(Figure.of(Part.LATENCY, what, value, unit, target));
    }
}
