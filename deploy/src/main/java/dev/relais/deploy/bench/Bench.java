package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import dev.relais.schemas.topic.Topics;

/** One benchmark: the parts that are wanted, one after the other on one broker. */
public final class Bench {
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
        told.progress("starting a broker; everything lies in " + directory);
        try (Site site = Site.open(directory, recorded); var limit = new RawLimit(site.bootstrap())) {
            if (parts.contains(Part.RAW)) {
                raw(limit);
            }
            if (parts.contains(Part.LATENCY)) {
                new Latency(plan, told).measure(site, 25);
                new Latency(plan, told).measure(site, 10);
            }
            if (parts.contains(Part.THROUGHPUT) || parts.contains(Part.CONVERSATION)) {
                busy(parts, site, limit);
            }
            if (parts.contains(Part.MEMORY)) {
                new Memory(plan, told).measure(site);
            }
            if (parts.contains(Part.KILL)) {
                new Kill(plan, told).measure(site);
            }
        }
    }

    private void busy(Set<Part> parts, Site site, RawLimit limit) throws IOException, InterruptedException {
        told.progress("starting coordinator and worker");
        var topics = new Topics("bench.");
        try (Fleet fleet = Fleet.start(site, topics.namespace(), plan.concurrency(), Map.of())) {
            if (parts.contains(Part.THROUGHPUT)) {
                new Throughput(plan, told).measure(fleet, limit);
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
