package dev.relais.coordinator.lease;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class FreeStreakTest {
    private static FreeStreak ticks(FreeStreak streak, int count, long made) {
        FreeStreak now = streak;
        for (int i = 0; i < count; i++) {
            now = now.after(true, made);
        }
        return now;
    }

    @Test
    void workIsUnclaimedAfterTwentyTicksInARowWithAFreeSlot() {
        assertThat(ticks(FreeStreak.NONE, 19, 7).isUnclaimed(7)).isFalse();
        assertThat(ticks(FreeStreak.NONE, 20, 7).isUnclaimed(7)).isTrue();
        assertThat(ticks(FreeStreak.NONE, 40, 7).isUnclaimed(7)).isTrue();
    }

    @Test
    void tickWithoutAFreeSlotBeginsTheRowAgain() {
        assertThat(ticks(ticks(FreeStreak.NONE, 19, 7).after(false, 7), 19, 7).isUnclaimed(7)).isFalse();
    }

    /** A shard that reads a backlog of ticks has just dispatched, and the claim lies behind them. */
    @Test
    void tickThatWasWrittenBeforeTheDispatchDoesNotCountForIt() {
        FreeStreak backlog = ticks(FreeStreak.NONE, 100, 6);

        assertThat(backlog.isUnclaimed(6)).isTrue();
        assertThat(backlog.isUnclaimed(7)).isFalse();
        assertThat(ticks(backlog, 19, 7).isUnclaimed(7)).isFalse();
        assertThat(ticks(backlog, 20, 9).isUnclaimed(7)).isTrue();
    }

    @Test
    void tickOfAnOldCoordinatorCountsForNothingNewer() {
        assertThat(ticks(ticks(FreeStreak.NONE, 19, 9).after(true, 6), 1, 9).isUnclaimed(9)).isFalse();
    }
}
