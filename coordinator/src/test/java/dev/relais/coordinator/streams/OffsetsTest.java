package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskState;

import static org.assertj.core.api.Assertions.assertThat;

final class OffsetsTest {
    private static final TaskId TASK = new TaskId("t1");
    private final MapStore store = new MapStore();

    private Stores stores() {
        return new Stores(store, new Writes(), new ShardMetrics(new SimpleMeterRegistry()), 0);
    }

    private static Task of(int entries) {
        return Tasks.withEntries(Tasks.asking(TASK.value(), "build it"), entries);
    }

    private static List<Long> expected(int count) {
        return LongStream.range(0, count).map(index -> 3 * index).boxed().toList();
    }

    /** Each with a record of its own. */
    private static void keep(Stores stores, int from, int to) {
        for (int index = from; index < to; index++) {
            stores.put(of(index + 1));
            stores.keepOffset(TASK, 3L * index);
            stores.flush();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 127, 128, 129, 300})
    void offsetsComeBackInOrderWhateverTheirChunks(int count) {
        Stores before = stores();
        keep(before, 0, count);
        assertThat(before.offsets(TASK)).isEqualTo(expected(count));
        assertThat(stores().offsets(TASK)).as("after a restart").isEqualTo(expected(count));
    }

    @Test
    void acceptedEntryIsOneWrite() {
        Stores stores = stores();
        keep(stores, 0, 3);
        assertThat(store.writes()).isEqualTo(3);
    }

    @Test
    void recordThatAcceptsNothingLeavesTheOffsets() {
        Stores stores = stores();
        keep(stores, 0, 3);
        stores.put(of(3));
        stores.flush();
        assertThat(stores().offsets(TASK)).isEqualTo(expected(3));
    }

    /** Version 1 had each offset in a chunk. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 120, 128, 140})
    void offsetsThatVersionOneWroteAreGoneOnWith(int old) {
        byte[] task = new StateCodec().write(StoredTask.of(of(old), List.of(), null, 0));
        String json = new String(task, StandardCharsets.UTF_8).replace("\"version\":3", "\"version\":1")
                .replace(",\"offsets\":[]", "");
        store.put("task/t1", json.getBytes(StandardCharsets.UTF_8));
        for (int chunk = 0; chunk * 128 < old; chunk++) {
            var buffer = ByteBuffer.allocate(Math.min(128, old - chunk * 128) * Long.BYTES);
            expected(old).stream().skip(chunk * 128L).limit(128).forEach(buffer::putLong);
            store.put("offsets/t1|%06d".formatted(chunk), buffer.array());
        }

        keep(stores(), old, old + 50);

        assertThat(stores().offsets(TASK)).isEqualTo(expected(old + 50));
    }

    @Test
    void onlyWhatHasNotEndedIsKeptInMemory() {
        Stores stores = stores();
        stores.put(Tasks.inPhase("live", new Task.Phase.Ready()));
        stores.put(Tasks.inPhase("ended", new Task.Phase.Ended(TaskState.COMPLETED, "", Tasks.TIME)));
        stores.flush();
        int before = store.reads();
        assertThat(stores.task(new TaskId("live"))).isNotNull();
        assertThat(store.reads()).isEqualTo(before);
        assertThat(stores.task(new TaskId("ended"))).isNotNull();
        assertThat(store.reads()).isEqualTo(before + 1);
    }

    @Test
    void forgottenTaskLeavesNothing() {
        Stores stores = stores();
        keep(stores, 0, 300);
        stores.forget(TASK);
        stores.flush();
        assertThat(store.approximateNumEntries()).isZero();
    }
}
