package dev.relais.coordinator.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each shard of this process last counted a tick, by this machine's clock. Ticks go through the log and back, so a shard that counts none makes no
 * progress, whatever Kafka Streams says of its own state: its thread is stuck, its broker is away, or an open transaction stands before it.
 */
public final class Pulse {
    private final InstantSource clock;
    private final Map<Integer, Instant> last = new ConcurrentHashMap<>();

    public Pulse(InstantSource clock) {
        this.clock = clock;
    }

    /** The shard is there, or has counted a tick. */
    void beats(int partition) {
        last.put(partition, clock.instant());
    }

    void left(int partition) {
        last.remove(partition);
    }

    /** @return shards of this process that have counted no tick for so long, in order */
    public List<Integer> silentFor(Duration least) {
        Instant latest = clock.instant().minus(least);
        return last.entrySet().stream().filter(shard -> !shard.getValue().isAfter(latest)).map(Map.Entry::getKey).sorted()
                .toList();
    }
}
