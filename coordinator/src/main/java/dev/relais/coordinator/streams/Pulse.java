package dev.relais.coordinator.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each shard of this process last counted a tick, by this machine's clock. Ticks go through the log and back, so a shard that counts none makes no
 * progress, whatever Kafka Streams says of its own state: its thread is stuck, its broker is away, an open transaction stands before it, or it dies of
 * the same record again and again.
 */
public final class Pulse {
    /** A shard that comes back sooner has hardly been elsewhere: its thread died and was replaced. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<Integer, Instant> last = new ConcurrentHashMap<>();
    private final Map<Integer, Departure> departed = new ConcurrentHashMap<>();

    private record Departure(Instant when, Instant lastTick) {
        boolean isElsewhere(Instant now) {
            return !when.plus(ELSEWHERE).isAfter(now);
        }
    }

    public Pulse(InstantSource clock) {
        this.clock = clock;
    }

    /** The shard is there. What it did before counts on where it was away for moments only. */
    void arrives(int partition) {
        Instant now = clock.instant();
        Departure before = departed.remove(partition);
        last.put(partition, before == null || before.isElsewhere(now) ? now : before.lastTick());
    }

    /** The shard has counted a tick. */
    void beats(int partition) {
        last.put(partition, clock.instant());
    }

    void left(int partition) {
        Instant lastTick = last.remove(partition);
        if (lastTick != null) {
            departed.put(partition, new Departure(clock.instant(), lastTick));
        }
    }

    /** @return shards of this process that have counted no tick for so long, in order */
    public List<Integer> silentFor(Duration least) {
        Instant latest = clock.instant().minus(least);
        return last.entrySet().stream().filter(shard -> !shard.getValue().isAfter(latest)).map(Map.Entry::getKey).sorted()
                .toList();
    }
}
