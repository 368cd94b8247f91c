package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskState;

/** How many tasks of this shard are in each state, by agent: counted as they move, because nobody can count a large store at every start. */
final class Census {
    private final Region store;
    private final ShardMetrics metrics;
    private final int partition;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    Census(Region store, ShardMetrics metrics, int partition) {
        this.store = store;
        this.metrics = metrics;
        this.partition = partition;
        store.each((key, bytes) -> {
            String[] parts = key.split("\\|", -1);
            int count = ByteBuffer.wrap(bytes).getInt();
            counts.put(key, count);
            metrics.tasks(partition, TaskState.valueOf(parts[0]), new AgentName(parts[1]), count);
        });
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
        int count = counts.merge(key, more, Integer::sum);
        changed.add(key);
        store.changes();
        metrics.tasks(partition, state, agent, count);
    }

    void flush() {
        for (String key : changed) {
            store.put(key, ByteBuffer.allocate(Integer.BYTES).putInt(0, counts.getOrDefault(key, 0)).array());
        }
        changed.clear();
    }
}
