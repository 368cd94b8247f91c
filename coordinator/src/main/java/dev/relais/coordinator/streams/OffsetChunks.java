package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.TaskId;

/** Offsets of a task's accepted entries that go with the task no longer, in the order in which they were accepted. */
final class OffsetChunks {
    /** Of one chunk. The number is part of the layout: an index says in which chunk its offset lies. */
    private static final int LENGTH = 128;

    private final Region region;

    OffsetChunks(Region region) {
        this.region = region;
    }

    /** @param count how many are here */
    void append(TaskId id, int count, List<Long> offsets) {
        int from = 0;
        while (from < offsets.size()) {
            int index = count + from;
            int to = Math.min(offsets.size(), from + LENGTH - index % LENGTH);
            extend(key(id, index / LENGTH), index % LENGTH, offsets.subList(from, to));
            from = to;
        }
    }

    private void extend(String key, int length, List<Long> offsets) {
        byte[] before = length == 0 ? null : region.get(key);
        var buffer = ByteBuffer.allocate((length + offsets.size()) * Long.BYTES);
        if (before != null) {
            buffer.put(before, 0, length * Long.BYTES);
        }
        buffer.position(length * Long.BYTES);
        offsets.forEach(buffer::putLong);
        region.put(key, buffer.array());
    }

    /** @param count how many are here */
    List<Long> all(TaskId id, int count) {
        var offsets = new ArrayList<Long>(count);
        for (int chunk = 0; chunk * LENGTH < count; chunk++) {
            byte[] bytes = region.get(key(id, chunk));
            var buffer = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
            while (buffer.hasRemaining() && offsets.size() < count) {
                offsets.add(buffer.getLong());
            }
        }
        return offsets;
    }

    /** @param count how many are here */
    void forget(TaskId id, int count) {
        for (int chunk = 0; chunk * LENGTH < count; chunk++) {
            region.delete(key(id, chunk));
        }
    }

    private static String key(TaskId id, int chunk) {
        return "%s|%06d".formatted(id, chunk);
    }
}
