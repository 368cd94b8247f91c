package dev.relais.coordinator.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PulseTest {
    private static final Duration LEAST = Duration.ofSeconds(30);

    private Instant now = Instant.EPOCH;
    private final Pulse pulse = new Pulse(() -> now);

    @Test
    void aShardBeatsWithTheTicksThatItCounts(@TempDir Path directory) {
        try (var rig = Rig.of(directory)) {
            rig.ticks(3);
            assertThat(rig.pulse.silentFor(Rig.TICK)).isEmpty();
            rig.after(Rig.TICK.dividedBy(4)).tick().after(Rig.TICK.dividedBy(4).multipliedBy(3));
            assertThat(rig.pulse.silentFor(Rig.TICK)).as("a tick that does not count is no progress").containsExactly(0);
            rig.tick();
            assertThat(rig.pulse.silentFor(Rig.TICK)).isEmpty();
        }
    }

    @Test
    void aShardThatCountsNoTickIsSilentUntilItDoesOrLeaves() {
        pulse.beats(2);
        pulse.beats(0);
        pulse.beats(1);
        now = now.plus(LEAST).minusMillis(1);
        pulse.beats(1);
        assertThat(pulse.silentFor(LEAST)).isEmpty();

        now = now.plusMillis(1);
        assertThat(pulse.silentFor(LEAST)).containsExactly(0, 2);

        pulse.beats(0);
        pulse.left(2);
        assertThat(pulse.silentFor(LEAST)).isEmpty();
    }

    @Test
    void aShardThatDiesAgainAndAgainIsSilent() {
        pulse.arrives(0);
        pulse.beats(0);
        for (int death = 0; death < 6; death++) {
            now = now.plus(LEAST.dividedBy(6));
            pulse.left(0);
            pulse.arrives(0);
        }
        assertThat(pulse.silentFor(LEAST)).containsExactly(0);
    }

    @Test
    void aShardThatWasElsewhereBeginsAnew() {
        pulse.arrives(0);
        pulse.left(0);
        now = now.plus(LEAST);
        pulse.arrives(0);
        assertThat(pulse.silentFor(LEAST)).isEmpty();
    }
}
