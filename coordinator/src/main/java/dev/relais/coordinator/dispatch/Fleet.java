package dev.relais.coordinator.dispatch;

import java.util.Collection;
import java.util.List;

import dev.relais.schemas.event.AgentName;

/** The live workers, as one shard sees them: each beats into every shard, so that the sums are the fleet's. */
public record Fleet(List<WorkerSeen> workers) {
    private static final int RECENT_TICKS = 2;

    public Fleet {
        workers = List.copyOf(workers);
    }

    public static Fleet of(Collection<WorkerSeen> workers) {
        return new Fleet(List.copyOf(workers));
    }

    public int capacity(AgentName agent) {
        return workers.stream().filter(worker -> worker.plays(agent)).mapToInt(WorkerSeen::capacity).sum();
    }

    public int free(AgentName agent) {
        return workers.stream().filter(worker -> worker.plays(agent)).mapToInt(WorkerSeen::free).sum();
    }

    /**
     * Whether a live worker of that agent reports a free slot. Beats and ticks have the same interval and drift against each other, so that now
     * and then a tick sees no beat of a worker that lives: the beat before counts still.
     */
    public boolean reportedFree(AgentName agent, long counted) {
        return workers.stream()
                .anyMatch(worker -> worker.plays(agent) && worker.free() > 0 && worker.lastBeat() >= counted - RECENT_TICKS);
    }
}
