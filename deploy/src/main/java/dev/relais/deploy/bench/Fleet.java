package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

import dev.relais.schemas.topic.Topics;

/** A coordinator and a worker of one namespace, with their load. */
final class Fleet implements AutoCloseable {
    private final Site site;
    private final Jvm coordinator;
    private final Jvm worker;
    private final Load load;

    private Fleet(Site site, Jvm coordinator, Jvm worker, Load load) {
        this.site = site;
        this.coordinator = coordinator;
        this.worker = worker;
        this.load = load;
    }

    /** Returns when tasks go through. */
    static Fleet start(Site site, String namespace, int concurrency, Map<String, String> coordinators)
            throws IOException, InterruptedException {
        String name = namespace.replace('.', '-');
        var coordinator = site.coordinator(namespace, name + "coordinator", coordinators);
        var worker = site.worker(namespace, name + "worker", Map.of("RELAIS_CONCURRENCY", Integer.toString(concurrency)));
        coordinator.awaitReady();
        worker.awaitReady();
        var load = new Load(site.bootstrap(), new Topics(namespace));
        // The share group's first join, and one task through every partition.
        load.burst(4 * Load.PARTITIONS, Script.of(1));
        return new Fleet(site, coordinator, worker, load);
    }

    Load load() {
        return load;
    }

    Jvm worker() {
        return worker;
    }

    Jvm coordinator() {
        return coordinator;
    }

    /** What each process uses now, by the part that it plays. */
    SequencedMap<String, ProcessUse> use() throws IOException {
        var use = new LinkedHashMap<String, ProcessUse>();
        use.put("worker", worker.use());
        use.put("coordinator", coordinator.use());
        use.put("broker", site.broker().use());
        return use;
    }

    /** CPU used so far, apart. */
    record Cpu(Duration worker, Duration coordinator, Duration broker) {
        Cpu since(Cpu before) {
            return new Cpu(worker.minus(before.worker), coordinator.minus(before.coordinator), broker.minus(before.broker));
        }
    }

    Cpu cpu() throws IOException {
        return new Cpu(worker.use().cpu(), coordinator.use().cpu(), site.broker().use().cpu());
    }

    @Override
    public void close() {
        load.close();
        worker.close();
        coordinator.close();
    }
}
