package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import dev.relais.schemas.topic.Topics;

/** One benchmark: the parts that are wanted, one after the other on one broker. */
public final class Bench {
    /** As the coordinator ships. */
    private static final int COMMIT_MILLIS = 25;
    private static final int FASTER_MILLIS = 10;
    /** Parts that measure the same coordinator and worker. */
    private static final Set<Part> SHARING = Set.of(Part.LATENCY, Part.THROUGHPUT, Part.CONVERSATION);
    /** Parts that need no broker. */
    private static final Set<Part> ALONE = Set.of(Part.SNAPSHOT, Part.CHECKOUT, Part.SANDBOX, Part.GREP);

    private final Plan plan;
    private final Told told;

    public Bench(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    /**
     * Measures.
     *
     * @param directory gets everything that the parts write: data, logs, flight recordings
     */
    public void run(Set<Part> parts, Path directory, boolean recorded) throws IOException, InterruptedException {
        told.progress("everything lies in " + directory);
        if (parts.contains(Part.SNAPSHOT)) {
            new Snapshotting(plan, told).measure(directory.resolve("snapshot"));
        }
        if (parts.contains(Part.CHECKOUT)) {
            new CheckingOut(plan, told).measure(directory.resolve("checkout"));
        }
        if (parts.contains(Part.SANDBOX)) {
            new SandboxStart(plan, told).measure(directory.resolve("sandbox"));
        }
        if (parts.contains(Part.GREP)) {
            new Grepping(told).measure(directory);
        }
        if (!ALONE.containsAll(parts)) {
            withBroker(parts, directory, recorded);
        }
    }

    private void withBroker(Set<Part> parts, Path directory, boolean recorded) throws IOException, InterruptedException {
        told.progress("starting a broker");
        try (Site site = Site.open(directory, recorded); var limit = new RawLimit(site.bootstrap())) {
            if (parts.contains(Part.RAW)) {
                raw(limit);
            }
            if (parts.stream().anyMatch(SHARING::contains)) {
                shared(parts, site, limit);
            }
            if (parts.contains(Part.LATENCY) && plan.isWhole()) {
                told.progress("starting coordinator and worker");
                try (Fleet fleet = Fleet.start(site, "faster.", plan.concurrency(), Latency.committing(FASTER_MILLIS))) {
                    new Latency(plan, told).measure(fleet, "commit interval " + FASTER_MILLIS + " ms");
                }
            }
            if (parts.contains(Part.MEMORY)) {
                new Memory(plan, told).measure(site);
            }
            if (parts.contains(Part.KILL)) {
                new Kill(plan, told).measure(site);
            }
            if (parts.contains(Part.ENDURANCE)) {
                new Endurance(plan, told).measure(site);
            }
        }
    }

    private void shared(Set<Part> parts, Site site, RawLimit limit) throws IOException, InterruptedException {
        told.progress("starting coordinator and worker");
        var topics = new Topics("bench.");
        try (Fleet fleet = Fleet.start(site, topics.namespace(), plan.concurrency(), Latency.committing(COMMIT_MILLIS))) {
            // First, while nothing but its own few tasks has warmed it.
            if (parts.contains(Part.LATENCY)) {
                new Latency(plan, told).measure(fleet, "commit interval " + COMMIT_MILLIS + " ms");
            }
            if (parts.contains(Part.THROUGHPUT)) {
                new Throughput(plan, told).measure(fleet, limit);
            }
            if (parts.contains(Part.LATENCY) && parts.contains(Part.THROUGHPUT) && plan.isWhole()) {
                new Latency(plan, told).measure(fleet, "commit interval " + COMMIT_MILLIS + " ms, after bursts");
            }
            if (parts.contains(Part.CONVERSATION)) {
                new Talk(plan, told, site, fleet, topics).measure();
            }
        }
    }

    private void raw(RawLimit limit) {
        limit.measure(plan.tasks());
        var values = new java.util.ArrayList<Double>();
        for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
            values.add(limit.measure(plan.tasks() * 2));
            told.progress("raw limit " + Math.round(values.getLast()) + " tasks/s");
        }
        told.figure(new Figure(Part.RAW, "8 records a task, one loop", Spread.of(values), "tasks/s", new Target.None()));
    }
}
