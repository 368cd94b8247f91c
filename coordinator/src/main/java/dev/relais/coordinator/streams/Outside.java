package dev.relais.coordinator.streams;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;

/**
 * This shard's work that is outside: what stands in inboxes unclaimed, and what each worker runs. Bounded by the workers' capacity, so it is
 * held in memory. The store says only which tasks are outside and what their own records do not say: a claim writes nothing here, because the task
 * itself says whose it is.
 */
final class Outside {
    private final Region region;
    private final StateCodec codec;
    private final OldOutside old;
    private final Map<TaskId, Standing> standing = new HashMap<>();
    private final Map<TaskId, Owned> owned = new HashMap<>();
    private final Map<WorkerId, Map<TaskId, Owned>> runs = new HashMap<>();
    private final Map<AgentName, Integer> unclaimed = new HashMap<>();
    private final Map<AgentName, Integer> running = new HashMap<>();
    /** What the store holds. */
    private final Map<TaskId, Stored> stored = new HashMap<>();
    private final Set<TaskId> changed = new LinkedHashSet<>();

    /** @param tasks of the shard, by their ids */
    Outside(Region region, OldOutside old, StateCodec codec, Function<TaskId, @Nullable Task> tasks) {
        this.region = region;
        this.codec = codec;
        this.old = old;
        region.each((id, bytes) -> {
            var task = new TaskId(id);
            stored.put(task, codec.read(bytes, Stored.class));
            remember(tasks.apply(task), stored.get(task));
        });
        old.read(this::stands, this::runs);
    }

    /** Dispatched and not claimed. {@code number} of the dispatch in this shard. */
    record Standing(TaskId task, AgentName agent, long number) {}

    /** A run that is claimed. {@code unnamed} counts beats in a row that did not name it. */
    record Owned(WorkerId owner, TaskId task, int epoch, AgentName agent, int unnamed) {
        Owned unnamed(int beats) {
            return new Owned(owner, task, epoch, agent, beats);
        }
    }

    /**
     * As the store has it.
     *
     * @param number of the dispatch; of a run it says nothing any more
     * @param unnamed 0 while it stands
     */
    private record Stored(long number, int unnamed) {}

    private void remember(@Nullable Task task, Stored stored) {
        if (task == null) {
            return;
        }
        switch (task.phase()) {
            case Phase.Dispatched _ -> remember(new Standing(task.id(), task.agent(), stored.number()));
            case Phase.Claimed claimed ->
                remember(new Owned(claimed.owner(), task.id(), task.epoch(), task.agent(), stored.unnamed()));
            case Phase.AwaitingMode _,Phase.Ready _,Phase.BackingOff _,Phase.AwaitingVerdict _,Phase.AwaitingAnswer _,Phase.Ended _ ->
                {
                }
        }
    }

    void stands(Standing work) {
        remember(work);
        changes(work.task());
    }

    void stoodUp(TaskId task) {
        Standing was = standing.remove(task);
        if (was != null) {
            unclaimed.merge(was.agent(), -1, Integer::sum);
            changes(task);
        }
    }

    void runs(Owned run) {
        remember(run);
        changes(run.task());
    }

    void ended(WorkerId owner, TaskId task) {
        Map<TaskId, Owned> its = runs.getOrDefault(owner, Map.of());
        Owned was = its.get(task);
        if (was == null) {
            return;
        }
        its.remove(task);
        owned.remove(task);
        if (its.isEmpty()) {
            runs.remove(owner);
        }
        running.merge(was.agent(), -1, Integer::sum);
        changes(task);
    }

    private void changes(TaskId task) {
        changed.add(task);
        region.changes();
    }

    /** Writes what the store does not say yet. */
    void flush() {
        for (TaskId task : changed) {
            Stored before = stored.get(task);
            Stored now = stored(task, before);
            if (now == null && before != null) {
                region.erase(task.value());
                stored.remove(task);
            } else if (now != null && !now.equals(before)) {
                region.put(task.value(), codec.write(now));
                stored.put(task, now);
            }
        }
        if (!changed.isEmpty()) {
            old.clear();
        }
        changed.clear();
    }

    private @Nullable Stored stored(TaskId task, @Nullable Stored before) {
        Standing stands = standing.get(task);
        if (stands != null) {
            return new Stored(stands.number(), 0);
        }
        Owned run = owned.get(task);
        return run == null ? null : new Stored(before == null ? 0 : before.number(), run.unnamed());
    }

    /** A copy in the order of task ids, the same after a restart: what is decided on them changes them. */
    List<Standing> standing() {
        return standing.values().stream().sorted(Comparator.comparing(Standing::task)).toList();
    }

    /** A copy in the order of task ids, the same after a restart: what is decided on them changes them. */
    List<Owned> runs(WorkerId owner) {
        return runs.getOrDefault(owner, Map.of()).values().stream().sorted(Comparator.comparing(Owned::task)).toList();
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
        owned.put(run.task(), run);
        if (runs.computeIfAbsent(run.owner(), _ -> new HashMap<>()).put(run.task(), run) == null) {
            running.merge(run.agent(), 1, Integer::sum);
        }
    }
}
