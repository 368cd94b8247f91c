package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;

/** Numbers from 1 on that a shard never gives twice; written once a record. */
final class Counter {
    private final Region region;
    private final String name;
    private long last;
    private long written;

    Counter(Region region, String name) {
        this.region = region;
        this.name = name;
        byte[] bytes = region.get(name);
        this.last = bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
        this.written = last;
    }

    long next() {
        region.changes();
        last++;
        return last;
    }

    long last() {
        return last;
    }

    void flush() {
        if (written != last) {
            region.put(name, ByteBuffer.allocate(Long.BYTES).putLong(0, last).array());
            written = last;
        }
    }
}
