package dev.relais.coordinator.streams;

import java.util.List;

import dev.relais.coordinator.dispatch.CapacityRule;
import dev.relais.coordinator.dispatch.Fleet;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.schemas.event.AgentName;

/** Lets ready tasks go as far as the workers have room (rule 11). */
final class Dispatcher {
    private final Stores stores;
    private final Ledger ledger;
    private final Load load;
    private final List<AgentName> agents;
    private final int partitions;

    Dispatcher(Stores stores, Ledger ledger, Load load, List<AgentName> agents, int partitions) {
        this.stores = stores;
        this.ledger = ledger;
        this.load = load;
        this.agents = agents;
        this.partitions = partitions;
    }

    /** After every event: up to this shard's share of the capacity. */
    void fill(Fleet fleet, Now now) {
        for (AgentName agent : agents) {
            int capacity = fleet.capacity(agent);
            while (CapacityRule.hasRoom(load.outstanding(agent), capacity, partitions) && dispatchNext(agent, now)) {
                // The condition does the work.
            }
        }
    }

    /** Once a tick: also into what other shards leave free. */
    void fillFree(Fleet fleet, Now now) {
        fill(fleet, now);
        for (AgentName agent : agents) {
            int free = fleet.free(agent);
            while (CapacityRule.mayFill(load.unclaimed(agent), free, partitions) && dispatchNext(agent, now)) {
                // The condition does the work.
            }
        }
    }

    private boolean dispatchNext(AgentName agent, Now now) {
        var next = stores.firstReady(agent);
        next.ifPresent(task -> ledger.tell(task, new TaskEvent.DispatchDue(), now));
        return next.isPresent();
    }
}
