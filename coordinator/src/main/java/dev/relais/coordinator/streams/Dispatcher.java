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
    private final List<AgentName> agents;
    private final int partitions;

    Dispatcher(Stores stores, Ledger ledger, List<AgentName> agents, int partitions) {
        this.stores = stores;
        this.ledger = ledger;
        this.agents = agents;
        this.partitions = partitions;
    }

    /** After every event: up to this shard's share of the capacity. */
    void fill(Fleet fleet, Now now) {
        for (AgentName agent : agents) {
            int capacity = fleet.capacity(agent);
            while (CapacityRule.hasRoom(stores.outside().outstanding(agent), capacity, partitions) && dispatchNext(agent, now)) {
                // The condition does the work.
            }
        }
    }

    /** Once a tick: also into what other shards leave free. */
    void fillFree(Fleet fleet, Now now) {
        fill(fleet, now);
        for (AgentName agent : agents) {
            int free = fleet.free(agent);
            while (CapacityRule.mayFill(stores.outside().unclaimed(agent), free, partitions) && dispatchNext(agent, now)) {
                // The condition does the work.
            }
        }
    }

    private boolean dispatchNext(AgentName agent, Now now) {
        var next = stores.ready().first(agent);
        next.ifPresent(task -> {
            // Whatever is decided, it must not be met at the head again: that would be a loop without end.
            stores.dequeue(task);
            ledger.remind(task, new TaskEvent.DispatchDue(), now);
        });
        return next.isPresent();
    }

    /** How the queues stand, for the dashboards. */
    void show(Fleet fleet, ShardMetrics metrics, int partition) {
        for (AgentName agent : agents) {
            metrics.queues(partition, agent, stores.ready().waiting(agent), stores.outside().unclaimed(agent),
                    stores.outside().outstanding(agent));
            metrics.fleet(partition, agent, fleet.capacity(agent), fleet.free(agent));
        }
    }
}
