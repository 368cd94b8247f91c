package dev.relais.coordinator.lease;

import java.util.ArrayList;
import java.util.List;

/**
 * Counted ticks in a row in each of which a live worker of one agent reported a free slot, and so how long work may have stood unclaimed (rule 2).
 *
 * <p>A tick counts for a piece of work only if it was written after that was dispatched. A shard that reads a backlog meets ticks that are older than
 * its dispatches, and behind them the claims that answer these: counting such ticks sent thousands of tasks again that had long been claimed, which made
 * the backlog longer.
 *
 * @param dispatches of the newest ticks, what each says that the shard had dispatched when it was written; the oldest first
 */
public record FreeStreak(List<Long> dispatches) {
    /** Counted ticks in a row with a free slot somewhere, at which unclaimed work is sent again. */
    public static final int UNCLAIMED_TICKS = 20;
    public static final FreeStreak NONE = new FreeStreak(List.of());

    public FreeStreak {
        dispatches = List.copyOf(dispatches);
    }

    /** @param made how many dispatches the shard had made when it wrote this tick */
    public FreeStreak after(boolean someoneIsFree, long made) {
        if (!someoneIsFree) {
            return NONE;
        }
        var next = new ArrayList<>(dispatches);
        next.add(made);
        return new FreeStreak(next.subList(Math.max(0, next.size() - UNCLAIMED_TICKS), next.size()));
    }

    /** @param number of the work's dispatch in its shard, from 1 */
    public boolean isUnclaimed(long number) {
        return dispatches.size() == UNCLAIMED_TICKS && dispatches.stream().allMatch(made -> made >= number);
    }
}
