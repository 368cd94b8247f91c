package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.relais.deploy.simulation.World.Broken;

/** One seed, run to its end. */
final class FleetSimulation {
    private static final long LONGEST = 30 * 60_000L;
    private static final long STEP = 10_000;

    private FleetSimulation() {}

    /** What came of a seed. */
    sealed interface Outcome {
        List<String> trace();

        /** @param millis of virtual time that it took */
        record Held(long millis, List<String> trace) implements Outcome {}

        record Broke(String how, List<String> trace) implements Outcome {}
    }

    static Outcome run(long seed, Mutation mutation, boolean isTraced) {
        var world = new World(seed, isTraced);
        try {
            play(world, Site.of(world, mutation));
            return new Outcome.Held(world.now(), world.trace());
        } catch (Broken broken) {
            world.say("BROKEN", String.valueOf(broken.getMessage()));
            return new Outcome.Broke(String.valueOf(broken.getMessage()), world.trace());
        }
    }

    private static void play(World world, Site site) {
        site.oracle().reads(site);
        var shards = new ArrayList<ShardProcess>();
        for (int partition = 0; partition < Site.PARTITIONS; partition++) {
            shards.add(new ShardProcess(site, partition));
        }
        shards.forEach(ShardProcess::start);
        var inbox = new Inbox(world);
        var scenario = new Scenario(site);
        scenario.dispatchInto(inbox);
        var _ = new Faults(site, inbox, shards);
        world.run(Scenario.FAULTS_END);
        while (world.now() < LONGEST && !scenario.tasks().stream().allMatch(task -> site.oracle().of(task).hasEnded())) {
            world.run(world.now() + STEP);
        }
        // A word that comes late must change nothing any more.
        world.run(world.now() + STEP);
        site.oracle().end();
    }
}
