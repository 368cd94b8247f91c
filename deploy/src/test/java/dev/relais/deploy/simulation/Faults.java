package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.List;

/** What goes wrong, until it is told to stop. */
final class Faults {
    private static final int WORKERS = 3;

    private final Site site;
    private final Inbox inbox;
    private final List<ShardProcess> shards;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final int capacity;
    private int started;

    Faults(Site site, Inbox inbox, List<ShardProcess> shards) {
        this.site = site;
        this.inbox = inbox;
        this.shards = shards;
        // So few slots that rule 11 holds work back, or enough for all.
        this.capacity = site.world().chance(25) ? 1 : 3;
        for (int i = 0; i < WORKERS; i++) {
            startWorker();
        }
        next();
    }

    private void startWorker() {
        workers.add(new SimulatedWorker(site, inbox, "w" + started++, capacity));
    }

    private void next() {
        World world = site.world();
        world.after(world.between(200, 7_000), () -> {
            if (world.now() < Scenario.FAULTS_END) {
                strike();
                next();
            }
        });
    }

    private void strike() {
        World world = site.world();
        switch (world.between(0, 8)) {
            case 0, 1 -> {
                gone().die();
                world.after(world.between(100, 5_000), this::startWorker);
            }
            case 2, 3 -> gone().suspend(world.between(1_000, 18_000));
            case 4 -> {
                gone().leave();
                world.after(world.between(100, 5_000), this::startWorker);
            }
            case 5 -> inbox.loseLocks();
            case 6 ->
                site.log().stall(site.topics().journal(), world.between(0, Site.PARTITIONS - 1), world.between(1_000, 14_000));
            case 7 -> shard().crash(world.between(1, 50));
            default -> shard().crash(world.between(500, 20_000));
        }
    }

    private ShardProcess shard() {
        return shards.get(site.world().between(0, shards.size() - 1));
    }

    /** Whoever it hits next; there is always somebody, because each that dies is followed by another. */
    private SimulatedWorker gone() {
        workers.removeIf(SimulatedWorker::isGone);
        if (workers.isEmpty()) {
            startWorker();
        }
        return workers.get(site.world().between(0, workers.size() - 1));
    }
}
