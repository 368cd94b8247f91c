package dev.relais.coordinator.streams;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.TaskId;

/**
 * The shard's tasks. What is in use is kept decoded, because a task is met again within milliseconds, and is written once for a record however
 * often that record changes it: coding was most of the shard's time. The shard is the only writer, so what is kept is what the store would say.
 */
final class TaskTable {
    /** Of encoded tasks that are kept decoded, each shard apart. */
    private static final long MOST_KEPT_BYTES = 8L << 20;

    private final Region region;
    private final StateCodec codec;
    private final Map<TaskId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<TaskId, Task> changed = new LinkedHashMap<>();
    private long keptBytes;

    /** @param bytes its size in the store */
    private record Kept(Task task, int bytes) {}

    TaskTable(Region region, StateCodec codec) {
        this.region = region;
        this.codec = codec;
    }

    @Nullable
    Task get(TaskId id) {
        Task fresh = changed.get(id);
        if (fresh != null) {
            return fresh;
        }
        Kept known = kept.get(id);
        if (known != null) {
            return known.task();
        }
        byte[] bytes = region.get(id.value());
        if (bytes == null) {
            return null;
        }
        Task task = codec.task(bytes);
        keep(task, bytes.length);
        return task;
    }

    void put(Task task) {
        changed.put(task.id(), task);
        region.changes();
    }

    void forget(TaskId id) {
        changed.remove(id);
        drop(id);
        region.delete(id.value());
    }

    /** Writes what has changed since the last time. */
    void flush() {
        for (Task task : changed.values()) {
            byte[] bytes = codec.write(task);
            region.put(task.id().value(), bytes);
            keep(task, bytes.length);
        }
        changed.clear();
    }

    private void keep(Task task, int bytes) {
        drop(task.id());
        kept.put(task.id(), new Kept(task, bytes));
        keptBytes += bytes;
        var oldest = kept.entrySet().iterator();
        while (keptBytes > MOST_KEPT_BYTES && oldest.hasNext()) {
            keptBytes -= oldest.next().getValue().bytes();
            oldest.remove();
        }
    }

    private void drop(TaskId id) {
        Kept old = kept.remove(id);
        if (old != null) {
            keptBytes -= old.bytes();
        }
    }
}
