package dev.relais.coordinator.streams;

import java.util.HashMap;
import java.util.Map;

import dev.relais.schemas.event.AgentName;

/** How much work of this shard is outside, by agent. A cache over the stores: rebuilt when the shard starts. */
final class Load {
    private final Map<AgentName, Integer> standing = new HashMap<>();
    private final Map<AgentName, Integer> running = new HashMap<>();

    static Load of(Stores stores) {
        var load = new Load();
        stores.standing().forEach(work -> load.stands(work.agent(), 1));
        stores.allRuns().forEach(run -> load.runs(run.agent(), 1));
        return load;
    }

    void stands(AgentName agent, int more) {
        standing.merge(agent, more, Integer::sum);
    }

    void runs(AgentName agent, int more) {
        running.merge(agent, more, Integer::sum);
    }

    int unclaimed(AgentName agent) {
        return standing.getOrDefault(agent, 0);
    }

    int outstanding(AgentName agent) {
        return unclaimed(agent) + running.getOrDefault(agent, 0);
    }
}
