package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskState;

/**
 * What the shard counts: arrivals and dispatches, which it never numbers twice, and how many tasks are in each state, by agent. All of it is one record
 * of the store, written at most once for a record that is taken; it is counted as it moves, because nobody can count a large store at every start.
 */
final class Tally {
    private static final String KEY = "tally";

    private final Region region;
    private final Region oldTasks;
    private final StateCodec codec;
    private final ShardMetrics metrics;
    private final int partition;
    private final Map<String, Integer> tasks = new TreeMap<>();
    private final Set<String> moved = new TreeSet<>();
    private long arrivals;
    private long dispatches;
    private boolean changed;
    /** Whether the store holds each figure under a key of its own, as version 1 had them. */
    private boolean old;

    /** @param tasks by state and agent, as in {@code WORKING|backend-dev} */
    private record Stored(long arrivals, long dispatches, SequencedMap<String, Integer> tasks) {}

    /** @param oldTasks where version 1 kept how many tasks are in each state */
    Tally(Region region, Region oldTasks, StateCodec codec, ShardMetrics metrics, int partition) {
        this.region = region;
        this.oldTasks = oldTasks;
        this.codec = codec;
        this.metrics = metrics;
        this.partition = partition;
        byte[] bytes = region.get(KEY);
        if (bytes == null) {
            readOld();
        } else {
            Stored stored = codec.read(bytes, Stored.class);
            arrivals = stored.arrivals();
            dispatches = stored.dispatches();
            tasks.putAll(stored.tasks());
        }
        tasks.keySet().forEach(this::show);
    }

    private void readOld() {
        arrivals = oldCount("arrivals");
        dispatches = oldCount("dispatches");
        oldTasks.each((key, bytes) -> tasks.put(key, ByteBuffer.wrap(bytes).getInt()));
        old = arrivals > 0 || dispatches > 0 || !tasks.isEmpty();
    }

    private long oldCount(String name) {
        byte[] bytes = region.get(name);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /** The next number of arrival in the ready queue, from 1. */
    long nextArrival() {
        changes();
        return ++arrivals;
    }

    /** The next dispatch's number, from 1. */
    long nextDispatch() {
        changes();
        return ++dispatches;
    }

    /** How many dispatches this shard has made. */
    long dispatches() {
        return dispatches;
    }

    /** @param before null for a new task */
    void moved(@Nullable Task before, Task after) {
        if (before != null && before.state() == after.state()) {
            return;
        }
        if (before != null) {
            add(before.state(), before.agent(), -1);
        }
        add(after.state(), after.agent(), 1);
    }

    void forgotten(Task task) {
        add(task.state(), task.agent(), -1);
    }

    private void add(TaskState state, AgentName agent, int more) {
        String key = state + "|" + agent;
        tasks.merge(key, more, Integer::sum);
        moved.add(key);
        changes();
    }

    private void changes() {
        changed = true;
        region.changes();
    }

    private void show(String key) {
        int bar = key.indexOf('|');
        metrics.tasks(partition, TaskState.valueOf(key.substring(0, bar)), new AgentName(key.substring(bar + 1)),
                tasks.getOrDefault(key, 0));
    }

    void flush() {
        if (!changed) {
            return;
        }
        region.put(KEY, codec.write(new Stored(arrivals, dispatches, new TreeMap<>(tasks))));
        moved.forEach(this::show);
        moved.clear();
        changed = false;
        if (old) {
            oldTasks.clear();
            region.delete("arrivals");
            region.delete("dispatches");
            old = false;
        }
    }
}
