package dev.relais.coordinator.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;

/**
 * This shard's work that is outside: what stands in inboxes unclaimed, and what each worker runs. Bounded by the workers' capacity, so it is
 * held in memory and written through to its stores, from which it is read when the shard starts.
 */
final class Outside {
    private final Region standingStore;
    private final Region runStore;
    private final StateCodec codec;
    private final Map<TaskId, Standing> standing = new TreeMap<>();
    private final Map<WorkerId, Map<TaskId, Owned>> runs = new TreeMap<>();
    private final Map<AgentName, Integer> unclaimed = new HashMap<>();
    private final Map<AgentName, Integer> running = new HashMap<>();

    Outside(Region standingStore, Region runStore, StateCodec codec) {
        this.standingStore = standingStore;
        this.runStore = runStore;
        this.codec = codec;
        standingStore.each((_, bytes) -> remember(codec.read(bytes, Standing.class)));
        runStore.each((_, bytes) -> remember(codec.read(bytes, Owned.class)));
    }

    /** Dispatched and not claimed. {@code number} of the dispatch in this shard. */
    record Standing(TaskId task, AgentName agent, long number) {}

    /** A run that is claimed. {@code unnamed} counts beats in a row that did not name it. */
    record Owned(WorkerId owner, TaskId task, int epoch, AgentName agent, int unnamed) {
        Owned unnamed(int beats) {
            return new Owned(owner, task, epoch, agent, beats);
        }
    }

    void stands(Standing work) {
        remember(work);
        standingStore.put(work.task().value(), codec.write(work));
    }

    void stoodUp(TaskId task) {
        Standing was = standing.remove(task);
        if (was != null) {
            unclaimed.merge(was.agent(), -1, Integer::sum);
            standingStore.delete(task.value());
        }
    }

    void runs(Owned run) {
        remember(run);
        runStore.put(key(run.owner(), run.task()), codec.write(run));
    }

    void ended(WorkerId owner, TaskId task) {
        Map<TaskId, Owned> its = runs.getOrDefault(owner, Map.of());
        Owned was = its.get(task);
        if (was == null) {
            return;
        }
        its.remove(task);
        if (its.isEmpty()) {
            runs.remove(owner);
        }
        running.merge(was.agent(), -1, Integer::sum);
        runStore.delete(key(owner, task));
    }

    /** A copy: what is decided on them changes them. */
    List<Standing> standing() {
        return List.copyOf(standing.values());
    }

    /** A copy: what is decided on them changes them. */
    List<Owned> runs(WorkerId owner) {
        return List.copyOf(runs.getOrDefault(owner, Map.of()).values());
    }

    int unclaimed(AgentName agent) {
        return unclaimed.getOrDefault(agent, 0);
    }

    int outstanding(AgentName agent) {
        return unclaimed(agent) + running.getOrDefault(agent, 0);
    }

    private void remember(Standing work) {
        if (standing.put(work.task(), work) == null) {
            unclaimed.merge(work.agent(), 1, Integer::sum);
        }
    }

    private void remember(Owned run) {
        if (runs.computeIfAbsent(run.owner(), _ -> new TreeMap<>()).put(run.task(), run) == null) {
            running.merge(run.agent(), 1, Integer::sum);
        }
    }

    private static String key(WorkerId owner, TaskId task) {
        return owner + "|" + task;
    }
}
