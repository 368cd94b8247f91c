package dev.relais.worker.kafka;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

class StartedRunsTest {
    private static final TaskId TASK = new TaskId("t");
    private final StartedRuns started = new StartedRuns();

    @Test
    void anEpochOfATaskIsStartedOnce() {
        assertThat(started.add(RunKey.of(TASK, 1))).isTrue();
        assertThat(started.add(RunKey.of(TASK, 1))).isFalse();
        assertThat(started.add(RunKey.of(TASK, 2))).isTrue();
    }

    @Test
    void theLastFiftyThousandAreKnownAtAnyTime() {
        for (int epoch = 1; epoch <= 170_000; epoch++) {
            assertThat(started.add(RunKey.of(TASK, epoch))).isTrue();
            assertThat(started.add(RunKey.of(TASK, Math.max(1, epoch - 49_999)))).isFalse();
        }
        assertThat(IntStream.rangeClosed(120_001, 170_000).filter(epoch -> started.add(RunKey.of(TASK, epoch)))).isEmpty();
    }

    @Test
    void whatIsOlderThanAHundredThousandIsForgotten() {
        IntStream.rangeClosed(1, 100_001).forEach(epoch -> started.add(RunKey.of(TASK, epoch)));
        assertThat(started.add(RunKey.of(TASK, 1))).isTrue();
    }

    @Test
    void keysThatWantTheSameSlotAreKeptApart() {
        LongStream.range(0, 1_000).forEach(high -> assertThat(started.add(new RunKey(high << 40 | 0x1FFFF))).isTrue());
        LongStream.range(0, 1_000).forEach(high -> assertThat(started.add(new RunKey(high << 40 | 0x1FFFF))).isFalse());
    }

    @Test
    void theKeyThatLooksLikeAnEmptySlotIsStartedOnce() {
        assertThat(started.add(new RunKey(0))).isTrue();
        assertThat(started.add(new RunKey(0))).isFalse();
    }
}
