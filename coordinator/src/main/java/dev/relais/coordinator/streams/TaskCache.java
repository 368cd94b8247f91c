package dev.relais.coordinator.streams;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.TaskId;

/**
 * The tasks that were touched last, as they were read or written: a task's events come close together, and reading its JSON again for each
 * was a fifth of the coordinator's work. Bounded by the bytes that they take in the store.
 */
final class TaskCache {
    private final long most;
    /** In the order of use, the oldest first. */
    private final Map<TaskId, Known> tasks = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param most bytes as in the store; in memory a task takes a few times that */
    TaskCache(long most) {
        this.most = most;
    }

    private record Known(Task task, int bytes) {}

    @Nullable
    Task get(TaskId id) {
        Known known = tasks.get(id);
        return known == null ? null : known.task();
    }

    /** @param size bytes that it takes in the store */
    void put(Task task, int size) {
        remove(task.id());
        tasks.put(task.id(), new Known(task, size));
        bytes += size;
        var oldest = tasks.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    void remove(TaskId id) {
        Known known = tasks.remove(id);
        if (known != null) {
            bytes -= known.bytes();
        }
    }
}
