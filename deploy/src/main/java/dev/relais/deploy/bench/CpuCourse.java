package dev.relais.deploy.bench;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What processes had used at each look, so that it can be told afterwards for any moment between two of them. */
final class CpuCourse {
    private final NavigableMap<Long, Duration> looks = new TreeMap<>();

    /**
     * Notes one look.
     *
     * @param millis since the epoch, by the machine's clock, which brokers stamp records with
     */
    void add(long millis, Duration used) {
        looks.put(millis, used);
    }

    /**
     * On the straight line between the look before and the one behind; outside of all looks what the nearest one saw.
     *
     * @throws IllegalStateException where nobody looked
     */
    Duration at(long millis) {
        var before = looks.floorEntry(millis);
        var behind = looks.ceilingEntry(millis);
        if (before == null && behind == null) {
            throw new IllegalStateException("nobody looked at the CPU");
        }
        if (before == null) {
            return behind.getValue();
        }
        if (behind == null || behind.getKey().equals(before.getKey())) {
            return before.getValue();
        }
        double part = (double) (millis - before.getKey()) / (behind.getKey() - before.getKey());
        long nanos = behind.getValue().minus(before.getValue()).toNanos();
        return before.getValue().plusNanos(Math.round(part * nanos));
    }
}
