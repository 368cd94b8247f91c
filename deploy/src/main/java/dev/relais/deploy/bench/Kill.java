package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.EventType;

/** How long work stands still after {@code kill -9}: of a worker until the next entry of each of its runs, of a coordinator until each shard goes on. */
final class Kill {
    private static final int LEASE_TICKS = 10;
    private static final double BEYOND_LEASE = 2;
    private static final double FAILOVER = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PER_SECOND = 40;
    private static final int TURNS = 30;

    private final Plan plan;
    private final Told told;
    private final InstantSource clock = InstantSource.system();

    Kill(Plan plan, Told told) {
        this.plan = plan;
        this.told = told;
    }

    /** Each two of them; one is killed. */
    private record Pairs(Jvm coordinator, Jvm standby, Jvm worker, Jvm other, Load load, JournalWatch journal)
            implements
                AutoCloseable {
        @Override
        public void close() {
            load.close();
            journal.close();
            worker.close();
            other.close();
            coordinator.close();
            standby.close();
        }
    }

    void measure(Site site) throws IOException, InterruptedException {
        told.progress("kill: starting two coordinators and two workers");
        try (Pairs pairs = start(site)) {
            pairs.load().burst(4 * Load.PARTITIONS, Script.of(1));
            worker(pairs);
            coordinator(pairs);
        }
    }

    private Pairs start(Site site) throws IOException, InterruptedException {
        var settings = Map.of("RELAIS_TICK", plan.tick().toMillis() + "ms", "RELAIS_CONCURRENCY",
                Integer.toString(2 * plan.killed()));
        var topics = new Topics("kill.");
        var coordinator = site.coordinator("kill.", "kill-coordinator-1", settings);
        var standby = site.coordinator("kill.", "kill-coordinator-2", settings);
        var worker = site.worker("kill.", "kill-worker-1", settings);
        var other = site.worker("kill.", "kill-worker-2", settings);
        for (Jvm part : List.of(coordinator, standby, worker, other)) {
            part.awaitReady();
        }
        return new Pairs(coordinator, standby, worker, other, new Load(site.bootstrap(), topics),
                new JournalWatch(site.bootstrap(), topics.journal()));
    }

    private void worker(Pairs pairs) throws InterruptedException {
        told.progress("kill: a worker with half of " + plan.killed() + " runs");
        pairs.journal().poll();
        for (int i = 0; i < plan.killed(); i++) {
            pairs.load().submit(Script.of(TURNS).waiting(plan.tick()));
        }
        pairs.load().flush();
        Map<String, String> owners = new HashMap<>();
        var until = clock.instant().plus(plan.tick().multipliedBy(5));
        var most = until.plus(PATIENCE);
        while (clock.instant().isBefore(until) || owners.size() < plan.killed()) {
            if (clock.instant().isAfter(most)) {
                throw new BenchFailed(owners.size() + " of " + plan.killed() + " runs were claimed within " + PATIENCE.toMinutes()
                        + " minutes");
            }
            // What has ended before the kill has nothing to go on with.
            pairs.journal().poll().forEach(
                    entry -> owners.put(entry.task(), entry.type() == EventType.RUN_CONCLUDED ? "" : entry.owner()));
        }
        long killed = clock.millis();
        pairs.worker().kill();
        Set<String> lost = new HashSet<>();
        owners.forEach((task, owner) -> {
            if (owner.startsWith("kill-worker-1.")) {
                lost.add(task);
            }
        });
        List<Double> seconds = nextEntries(pairs, lost, killed);
        if (seconds.isEmpty()) {
            throw new BenchFailed("the killed worker had no run to lose");
        }
        double lease = plan.tick().toMillis() * LEASE_TICKS / 1e3;
        figure("worker killed, " + seconds.size() + " runs, next entry p50", Spread.percentile(seconds, 50), new Target.None());
        figure("worker killed, " + seconds.size() + " runs, next entry p99", Spread.percentile(seconds, 99),
                new Target.AtMost(lease + BEYOND_LEASE));
        long began = System.nanoTime();
        while (pairs.load().outstanding() > 0) {
            pairs.load().poll();
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new BenchFailed(pairs.load().outstanding() + " tasks were lost with a worker");
            }
        }
    }

    private List<Double> nextEntries(Pairs pairs, Set<String> lost, long killed) {
        var seconds = new ArrayList<Double>();
        long began = System.nanoTime();
        while (!lost.isEmpty()) {
            for (JournalWatch.Seen entry : pairs.journal().poll()) {
                boolean isOthers = !entry.owner().startsWith("kill-worker-1.");
                boolean ended = entry.type() == EventType.RUN_CONCLUDED;
                if (isOthers && lost.remove(entry.task())) {
                    seconds.add((entry.appendedMillis() - killed) / 1e3);
                } else if (ended) {
                    // It had written its last entry before it was killed.
                    lost.remove(entry.task());
                }
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new BenchFailed(lost.size() + " runs of a killed worker did not go on within " + PATIENCE.toMinutes()
                        + " minutes");
            }
        }
        return seconds;
    }

    /** Tasks keep coming; the longest pause between deliverables of a shard around the kill is what it stood still. */
    private void coordinator(Pairs pairs) throws InterruptedException {
        told.progress("kill: a coordinator, with a standby");
        long killed = 0;
        long[] wentOn = new long[Load.PARTITIONS];
        long began = System.nanoTime();
        for (int number = 0; killed == 0 || hasZero(wentOn); number++) {
            pairs.load().submit(Script.of(1));
            pairs.load().flush();
            if (number == 3 * PER_SECOND) {
                pairs.coordinator().kill();
                killed = clock.millis();
            }
            for (Load.Delivered each : pairs.load().pollFor(Duration.ofSeconds(1).dividedBy(PER_SECOND))) {
                if (killed > 0 && each.appendedMillis() >= killed && wentOn[each.partition()] == 0) {
                    wentOn[each.partition()] = clock.millis();
                }
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new BenchFailed(
                        "a shard did not go on within " + PATIENCE.toMinutes() + " minutes of its coordinator's end");
            }
        }
        var seconds = new ArrayList<Double>();
        for (long each : wentOn) {
            seconds.add((each - killed) / 1e3);
        }
        figure("coordinator killed, shards go on, the last", Spread.percentile(seconds, 100), new Target.AtMost(FAILOVER));
    }

    private static boolean hasZero(long[] values) {
        for (long value : values) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }

    private void figure(String what, double value, Target target) {
        told.figure(Figure.of(Part.KILL, what, value, "s", target));
    }
}
