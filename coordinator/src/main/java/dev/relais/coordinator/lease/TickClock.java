package dev.relais.coordinator.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * The shard's clock: counted ticks. Of ticks less than half an interval of append time apart one counts, so that two coordinators that both
 * tick for a moment, or one that catches up, age no lease twice (rule 2).
 *
 * @param counted ticks so far
 * @param lastAt append time of the last one that counted
 */
public record TickClock(long counted, Instant lastAt) {
    public static final TickClock START = new TickClock(0, Instant.EPOCH);

    /** This clock after a tick appended at {@code appended}: itself where the tick does not count. */
    public TickClock tick(Instant appended, Duration interval) {
        return appended.isBefore(lastAt.plus(interval.dividedBy(2))) ? this : new TickClock(counted + 1, appended);
    }
}
