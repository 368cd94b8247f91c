package dev.relais.coordinator.task;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.schemas.event.TaskState;

import static org.assertj.core.api.Assertions.assertThat;

/** Seeded schedules of one task; {@link Ledgered} checks the invariants after every event. A failing seed is the name of its test. */
final class RandomWalkTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 500;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void i1_i2_i3_i7_i13_holdAfterEveryEventAndEveryTaskEnds(long seed) {
        var walk = new Walk(seed);
        for (int step = 0; step < STEPS; step++) {
            walk.step();
        }

        assertThat(walk.endsWithoutFaults()).as("i1: the task ends once the faults do").isTrue();
    }

    /** A walk that seldom gets anywhere proves nothing of where it would have got. */
    @Test
    void walksMeetEveryPhaseOftenAndEveryEnd() {
        var visits = new HashMap<Class<?>, Integer>();
        var ends = EnumSet.noneOf(TaskState.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            var walk = new Walk(seed);
            Class<?> last = Object.class;
            for (int step = 0; step < STEPS; step++) {
                walk.step();
                Class<?> phase = walk.shard().task().phase().getClass();
                if (phase != last) {
                    visits.merge(phase, 1, Integer::sum);
                }
                last = phase;
            }
            ends.add(walk.shard().task().state());
        }

        assertThat(visits.keySet()).containsExactlyInAnyOrder(Phase.class.getPermittedSubclasses());
        assertThat(visits.values()).allMatch(count -> count > SEEDS / 10);
        assertThat(ends).contains(TaskState.COMPLETED, TaskState.CANCELED, TaskState.FAILED, TaskState.REJECTED);
    }
}
