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
        // The distance, not the order: a partition whose new leader's clock is behind must not stand still until that clock has caught up.
        boolean isClose = Duration.between(lastAt, appended).abs().compareTo(interval.dividedBy(2)) < 0;
        return isClose ? this : new TickClock(counted + 1, appended);
    }
}
