package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.relais.deploy.bench.Load.Run;

/** Half of what the fleet can do, for many minutes, with turns that change files: whether anything grows that should not. */
final class Endurance {
    private static final int TURNS = 2;
    private static final int BURST = 400;
    private static final int CONCURRENCY = 500;
    private static final double STILL_FASTER = 1.1;
    private static final String NAMESPACE = "endurance.";
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Plan plan;
    private final Told told;

    Endurance(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    void measure(Site site) throws IOException, InterruptedException {
        told.progress("endurance: starting coordinator and worker");
        var settings = Map.of("RELAIS_CONCURRENCY", Integer.toString(CONCURRENCY));
        try (Fleet fleet = Fleet.start(site, NAMESPACE, CONCURRENCY, settings)) {
            Script script = Script.of(TURNS).writing();
            double most = throughput(fleet, script);
            told.figure(Figure.of(Part.ENDURANCE, "throughput, " + TURNS + " turns that change files", most, "tasks/s"));
            // So that what a JVM or a store fills once is full: the curves begin behind it.
            told.progress("endurance: settling for " + plan.endures().dividedBy(10).toSeconds() + " s");
            fleet.load().paced(most / 2, plan.endures().dividedBy(10), script);
            var gauges = new Gauges(plan.endures(), site.data(NAMESPACE), site.topics());
            Run run = watched(fleet, gauges, most / 2, script);
            gauges.report(told);
            told.figure(Figure.of(Part.ENDURANCE, "latency, p50", Spread.percentile(run.millis(), 50), "ms"));
            told.figure(Figure.of(Part.ENDURANCE, "latency, p99", Spread.percentile(run.millis(), 99), "ms"));
            told.figure(Figure.of(Part.ENDURANCE, "tasks, each delivered once", run.delivered().size(), "tasks"));
        }
    }

    /** Of bursts until they get no faster. */
    private double throughput(Fleet fleet, Script script) {
        double best = 0;
        for (int round = 1; round <= plan.warmUps(); round++) {
            double now = fleet.load().burst(BURST, script).perSecond();
            told.progress("endurance: burst " + round + ", " + Math.round(now) + " tasks/s");
            if (now < best * STILL_FASTER) {
                return Math.max(best, now);
            }
            best = now;
        }
        return best;
    }

    private Run watched(Fleet fleet, Gauges gauges, double perSecond, Script script) throws InterruptedException {
        told.progress("endurance: " + Math.round(perSecond) + " tasks a second for " + plan.endures().toSeconds() + " s");
        Thread watch = Thread.ofPlatform().name("gauges").start(() -> watch(fleet, gauges));
        try {
            return fleet.load().paced(perSecond, plan.endures(), script);
        } finally {
            watch.interrupt();
            watch.join();
        }
    }

    private void watch(Fleet fleet, Gauges gauges) {
        long start = System.nanoTime();
        try {
            for (int look = 0;; look++) {
                double seconds = (System.nanoTime() - start) / 1e9;
                if (seconds > plan.endures().toSeconds()) {
                    // What comes now is the end of the load, which lets everything fall.
                    return;
                }
                gauges.look(look, seconds, fleet);
                if (look % 12 == 11) {
                    told.progress("endurance: " + Math.round(seconds / 60) + " of " + plan.endures().toMinutes() + " minutes, "
                            + fleet.load().finished() + " tasks done");
                }
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            gauges.failed(e);
        }
    }
}
