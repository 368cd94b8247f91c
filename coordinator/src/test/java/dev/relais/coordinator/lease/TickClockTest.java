package dev.relais.coordinator.lease;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TickClockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static long counted(long... millis) {
        var clock = TickClock.START;
        for (long at : millis) {
            clock = clock.tick(START.plusMillis(at), SECOND);
        }
        return clock.counted();
    }

    @Test
    void firstTickCounts() {
        assertThat(counted(0)).isEqualTo(1);
    }

    @Test
    void ticksAnIntervalApartCount() {
        assertThat(counted(0, 1000, 2000, 3000)).isEqualTo(4);
    }

    @Test
    void ofTicksLessThanHalfAnIntervalApartOneCounts() {
        assertThat(counted(0, 499)).isEqualTo(1);
        assertThat(counted(0, 500)).isEqualTo(2);
    }

    @Test
    void twoCoordinatorsThatBothTickAgeNothingFaster() {
        assertThat(counted(0, 10, 1000, 1010, 2000, 2010)).isEqualTo(3);
    }

    @Test
    void tickThatDoesNotCountIsNotMeasuredFrom() {
        // Else a stream of ticks 400 ms apart would never count at all.
        assertThat(counted(0, 400, 800, 1200, 1600)).isEqualTo(3);
    }

    @Test
    void ticksAfterAnOutageCountOnce() {
        assertThat(counted(0, 60_000)).isEqualTo(2);
    }

    @Test
    void leaderWhoseClockIsFarBehindDoesNotStopTheClock() {
        assertThat(counted(0, -3_600_000, -3_599_000)).isEqualTo(3);
    }
}
