package dev.relais.coordinator.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.Task.Origin;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.schemas.event.TaskId;

/**
 * The shard's tasks, and the offsets of their accepted entries. What is in use is kept decoded, because a task is met again within milliseconds, and
 * is written once for a record however often that record changes it: coding was most of the shard's time. The shard is the only writer, so what is
 * kept is what the store would say.
 */
final class TaskTable {
    /** Of encoded tasks that are kept decoded, each shard apart. */
    private static final long MOST_KEPT_BYTES = 8L << 20;
    /** Offsets that go with their task: at so many they move into chunks, because a task is written with each entry. */
    private static final int MOST_WITH_TASK = 32;
    /** Of an origin that goes with its task. A larger one, whose request may have 256 KiB, is written once and not with each entry. */
    private static final int MOST_ORIGIN_WITH_TASK = 1_024;

    private final Region region;
    private final Region origins;
    private final OffsetChunks chunks;
    private final StateCodec codec;
    private final Map<TaskId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<TaskId, Row> changed = new LinkedHashMap<>();
    private long keptBytes;

    /**
     * A task and what the shard knows of it.
     *
     * @param newest offsets that are in no chunk yet
     * @param arrival in the ready queue, or null
     * @param apart bytes of its origin's own record; 0 where that goes with the task
     */
    private record Row(Task task, List<Long> newest, @Nullable Long arrival, int apart) {
        Row with(Task next) {
            return new Row(next, newest, arrival, apart);
        }

        Row waiting(@Nullable Long since) {
            return new Row(task, newest, since, apart);
        }

        Row movedToChunks() {
            return new Row(task, List.of(), arrival, apart);
        }

        StoredTask stored() {
            return StoredTask.of(task, newest, arrival, apart);
        }

        Row with(long offset) {
            var all = new ArrayList<>(newest);
            all.add(offset);
            return new Row(task, all, arrival, apart);
        }

        /** How many of the task's offsets lie in chunks. */
        int inChunks() {
            return task.prefix().entries() - newest.size();
        }
    }

    /** @param bytes its size in the store, its origin's with it */
    private record Kept(Row row, int bytes) {}

    TaskTable(Region region, Region origins, Region chunks, StateCodec codec) {
        this.region = region;
        this.origins = origins;
        this.chunks = new OffsetChunks(chunks);
        this.codec = codec;
    }

    @Nullable
    Task get(TaskId id) {
        Row row = row(id);
        return row == null ? null : row.task();
    }

    private @Nullable Row row(TaskId id) {
        Row fresh = changed.get(id);
        if (fresh != null) {
            return fresh;
        }
        Kept known = kept.get(id);
        if (known != null) {
            return known.row();
        }
        byte[] bytes = region.get(id.value());
        if (bytes == null) {
            return null;
        }
        Row row = row(id, codec.task(bytes));
        keep(row, bytes.length);
        return row;
    }

    private Row row(TaskId id, StoredTask stored) {
        if (stored.apart() == null) {
            return new Row(stored.task(stored.origin()), stored.offsets(), stored.arrival(), 0);
        }
        byte[] apart = origins.get(id.value());
        if (apart == null) {
            throw new UnreadableState("the state store holds task " + id + " and not what was asked for");
        }
        return new Row(stored.task(codec.read(apart, Origin.class)), stored.offsets(), stored.arrival(), apart.length);
    }

    /** A task that was not there. */
    void add(Task task) {
        byte[] origin = codec.write(task.origin());
        boolean isApart = origin.length > MOST_ORIGIN_WITH_TASK;
        if (isApart) {
            origins.put(task.id().value(), origin);
        }
        change(new Row(task, List.of(), null, isApart ? origin.length : 0));
    }

    void put(Task task) {
        Row before = row(task.id());
        if (before == null) {
            add(task);
        } else {
            change(before.with(task));
        }
    }

    private void change(Row row) {
        changed.put(row.task().id(), row);
        region.changes();
    }

    /** The task's entry at this offset was accepted; the task counts it already. */
    void keepOffset(TaskId id, long offset) {
        change(known(id).with(offset));
    }

    /** It waits in the ready queue, as the one that came with this number. */
    void waits(TaskId id, long arrival) {
        change(known(id).waiting(arrival));
    }

    void waitsNoMore(TaskId id) {
        change(known(id).waiting(null));
    }

    /** Its number in the ready queue; empty where it does not wait, or where version 1 let it wait. */
    Optional<Long> arrival(TaskId id) {
        return Optional.ofNullable(row(id)).map(Row::arrival);
    }

    private Row known(TaskId id) {
        Row row = row(id);
        if (row == null) {
            throw new IllegalStateException("task " + id + " was decided on and is not known");
        }
        return row;
    }

    /** Of the task's accepted entries, in the order in which they were accepted. */
    List<Long> offsets(TaskId id) {
        Row row = row(id);
        if (row == null) {
            return List.of();
        }
        var all = new ArrayList<>(chunks.all(id, row.inChunks()));
        all.addAll(row.newest());
        return all;
    }

    void forget(TaskId id) {
        Row row = row(id);
        if (row != null) {
            chunks.forget(id, row.inChunks());
            if (row.apart() > 0) {
                origins.erase(id.value());
            }
        }
        changed.remove(id);
        drop(id);
        region.delete(id.value());
    }

    /** Writes what has changed since the last time. */
    void flush() {
        for (Row row : changed.values()) {
            Row next = row.newest().size() < MOST_WITH_TASK ? row : moved(row);
            byte[] bytes = codec.write(next.stored());
            region.put(next.task().id().value(), bytes);
            keep(next, bytes.length);
        }
        changed.clear();
    }

    private Row moved(Row row) {
        chunks.append(row.task().id(), row.inChunks(), row.newest());
        return row.movedToChunks();
    }

    /** What has ended is hardly met again, and would be most of what is kept. */
    private void keep(Row row, int ofTask) {
        int bytes = ofTask + row.apart();
        drop(row.task().id());
        if (row.task().phase() instanceof Phase.Ended) {
            return;
        }
        kept.put(row.task().id(), new Kept(row, bytes));
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
