package dev.relais.coordinator.dispatch;

import java.util.List;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Beat;

/**
 * What a shard knows of a worker.
 *
 * @param since counted tick of its first record here, or of its first one since it was last found silent; 0 where the release before wrote it
 * @param lastSeen counted tick of its last record here
 * @param lastBeat counted tick of its last counted beat
 */
public record WorkerSeen(long since, long lastSeen, long lastBeat, int capacity, int free, List<AgentName> agents) {
    public WorkerSeen {
        agents = List.copyOf(agents);
    }

    /** A worker that claimed before it beat. */
    public static WorkerSeen unknown(long tick) {
        return new WorkerSeen(tick, tick, -1, 0, 0, List.of());
    }

    public WorkerSeen seen(long tick) {
        return new WorkerSeen(since, tick, lastBeat, capacity, free, agents);
    }

    public WorkerSeen beaten(Beat beat, long tick) {
        return new WorkerSeen(since, tick, tick, beat.capacity(), beat.free(), beat.agents());
    }

    public boolean plays(AgentName agent) {
        return agents.contains(agent);
    }
}
