package dev.relais.coordinator.streams;

import java.util.stream.LongStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

final class OffsetsTest {
    private static final TaskId TASK = new TaskId("t1");
    private final MapStore store = new MapStore();
    private final Stores stores = new Stores(store, new Writes(), new ShardMetrics(new SimpleMeterRegistry()), 0);

    private void keep(int count) {
        for (int index = 0; index < count; index++) {
            stores.keepOffset(TASK, index, 3L * index);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 129, 300})
    void offsetsComeBackInOrderWhateverTheirChunks(int count) {
        keep(count);
        assertThat(stores.offsets(TASK, count))
                .containsExactlyElementsOf(LongStream.range(0, count).map(index -> 3 * index).boxed().toList());
    }

    @Test
    void forgottenTaskLeavesNothing() {
        keep(300);
        stores.forget(TASK, 300);
        assertThat(store.approximateNumEntries()).isZero();
    }
}
