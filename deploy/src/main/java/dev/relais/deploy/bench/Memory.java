package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Thousands of runs in flight in one worker: what each holds, and whether all are done in time. */
final class Memory {
    private static final int TURNS = 3;
    private static final double MIB = 1024.0 * 1024;
    private static final double MOST_MIB = 2_048;
    private static final double LATE = 1.5;
    private static final long FILES = 16_384;
    private static final int WARMING = 3_000;
    /** Runs for which the targets are meant. */
    private static final int LARGE = 5_000;

    private final Plan plan;
    private final Told told;

    Memory(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    void measure(Site site) throws IOException, InterruptedException {
        long files = Machine.here().openFiles();
        if (files < FILES) {
            told.progress("memory: at most " + files + " open files, and 5,000 runs over HTTP need " + FILES
                    + ": raise it with ulimit -n; `relais doctor` checks it");
        }
        for (int runs : plan.runs()) {
            if (plan.isWhole()) {
                once(site, runs, Script.of(TURNS).waiting(plan.thinks()), "model in the worker");
            }
            once(site, runs, Script.of(TURNS).waiting(plan.thinks()).http(), "playbook over HTTP");
        }
    }

    private void once(Site site, int runs, Script script, String how) throws IOException, InterruptedException {
        String title = String.format(Locale.ROOT, "%,d runs, %s", runs, how);
        told.progress("memory: " + title);
        String namespace = "memory" + runs + (script.overHttp() ? "h." : "i.");
        // Room for all, and for what other shards leave free.
        try (Fleet fleet = Fleet.start(site, namespace, runs + runs / 10, Map.of())) {
            // Before the warm-up, which leaves a larger heap behind than it found: what a run holds is overstated rather than hidden there.
            long before = fleet.worker().use().residentBytes();
            fleet.warmUp(Math.min(runs, WARMING), script.waiting(Duration.ZERO), plan.warmUps(), told);
            var run = fleet.load().burst(runs, script);
            var after = fleet.worker().use();
            double ideal = plan.thinks().toMillis() * TURNS / 1e3;
            double seconds = run.took().toMillis() / 1e3;
            boolean isLarge = runs >= LARGE;
            figure(title + ", worker's peak", after.peakBytes() / MIB, "MiB",
                    isLarge ? new Target.AtMost(MOST_MIB) : new Target.None());
            figure(title + ", a run, at most", (after.peakBytes() - before) / 1024.0 / runs, "KiB", new Target.None());
            figure(title + ", all done", seconds, "s", new Target.None());
            figure(title + ", of the ideal " + ideal + " s", seconds / ideal, "ratio",
                    isLarge ? new Target.AtMost(LATE) : new Target.None());
        }
    }

    private void figure(String what, double value, String unit, Target target) {
        told.figure(Figure.of(Part.MEMORY, what, value, unit, target));
    }
}
