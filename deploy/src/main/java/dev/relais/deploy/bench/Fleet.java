package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

import dev.relais.schemas.topic.Topics;

/** A coordinator and a worker of one namespace, with their load. */
final class Fleet implements AutoCloseable {
    private static final double STILL_FASTER = 1.1;

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

    /** What each process holds on its heap, behind a collection. */
    SequencedMap<String, Long> live() throws IOException {
        var live = new LinkedHashMap<String, Long>();
        live.put("worker", worker.liveBytes());
        live.put("coordinator", coordinator.liveBytes());
        live.put("broker", site.broker().liveBytes());
        return live;
    }

    /** CPU used so far, apart; the JIT compilers of the three together; of the load, that is this process, all. */
    record Cpu(Duration worker, Duration coordinator, Duration broker, Duration compilers, Duration load) {
        Cpu since(Cpu before) {
            return new Cpu(worker.minus(before.worker), coordinator.minus(before.coordinator), broker.minus(before.broker),
                    compilers.minus(before.compilers), load.minus(before.load));
        }
    }

    Cpu cpu() throws IOException {
        ProcessUse runs = worker.use();
        ProcessUse coordinates = coordinator.use();
        ProcessUse keeps = site.broker().use();
        return new Cpu(runs.working(), coordinates.working(), keeps.working(),
                runs.compiling().plus(coordinates.compiling()).plus(keeps.compiling()),
                ProcessUse.of(ProcessHandle.current().pid()).cpu());
    }

    /** Bursts until they get no faster: in its first half minute a JVM compiles more than it works, and three of them share few cores. */
    void warmUp(int tasks, Script script, int mostRounds, Told told) {
        double best = 0;
        for (int round = 1; round <= mostRounds; round++) {
            double now = load.burst(tasks, script).perSecond();
            told.progress("warm-up " + round + ": " + Math.round(now) + " tasks/s");
            if (now < best * STILL_FASTER) {
                return;
            }
            best = Math.max(best, now);
        }
    }

    @Override
    public void close() {
        load.close();
        worker.close();
        coordinator.close();
    }
}
