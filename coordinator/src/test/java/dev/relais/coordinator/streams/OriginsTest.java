package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A large request is written once, and not with each entry of its task (coordinator/docs/0006). */
final class OriginsTest {
    private static final TaskId TASK = new TaskId("t1");
    private final MapStore store = new MapStore();

    private Stores stores() {
        return new Stores(store, new Writes(), new ShardMetrics(new SimpleMeterRegistry()), 0);
    }

    private static Task asking(int characters, int entries) {
        return Tasks.withEntries(Tasks.asking(TASK.value(), "x".repeat(characters)), entries);
    }

    /** A task and its first entries, each with a record of its own. */
    private Task worked(int characters, int entries) {
        Stores stores = stores();
        stores.add(asking(characters, 0));
        for (int entry = 1; entry <= entries; entry++) {
            stores.put(asking(characters, entry));
            stores.keepOffset(TASK, entry);
            stores.flush();
        }
        return asking(characters, entries);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 900, 1_100, 100_000})
    void taskComesBackWhereverItsRequestLies(int characters) {
        Task task = worked(characters, 3);
        assertThat(stores().task(TASK)).isEqualTo(task);
    }

    @Test
    void largeRequestIsWrittenOnce() {
        worked(100_000, 20);
        assertThat(store.written()).isBetween(100_000L, 130_000L);
        assertThat(store.writes()).as("the request, and the task with each entry").isEqualTo(21);
    }

    /** What is kept decoded is bounded by its bytes, and most of them are the request's. */
    @Test
    void largeRequestsCountForWhatIsKeptInMemory() {
        Stores stores = stores();
        for (int task = 0; task < 100; task++) {
            stores.add(Tasks.asking("t" + task, "x".repeat(100_000)));
            stores.flush();
        }
        int before = store.reads();
        assertThat(stores.task(new TaskId("t99"))).isNotNull();
        assertThat(store.reads()).as("the newest is kept").isEqualTo(before);
        assertThat(stores.task(new TaskId("t0"))).isNotNull();
        assertThat(store.reads()).as("the oldest of ten megabytes is not").isEqualTo(before + 2);
    }

    @Test
    void smallRequestCostsNoWriteOfItsOwn() {
        worked(100, 20);
        assertThat(store.writes()).isEqualTo(20);
    }

    @Test
    void forgottenTaskLeavesNoRequest() {
        worked(100_000, 3);
        Stores stores = stores();
        stores.forget(TASK);
        stores.flush();
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void taskWhoseRequestIsGoneIsNotGuessedAt() {
        worked(100_000, 3);
        store.delete("origin/t1");
        assertThatThrownBy(() -> stores().task(TASK)).isInstanceOf(UnreadableState.class).hasMessageContaining("t1");
    }

    /** The release before kept each request with its task. */
    @Test
    void taskOfTheReleaseBeforeIsGoneOnWith() {
        Task old = asking(100_000, 2);
        String json = new String(new StateCodec().write(StoredTask.of(old, List.of(1L, 2L), null, 0)),
                StandardCharsets.UTF_8);
        store.put("task/t1", json.replace("\"version\":3", "\"version\":2").getBytes(StandardCharsets.UTF_8));
        Stores stores = stores();
        assertThat(stores.task(TASK)).isEqualTo(old);
        stores.put(asking(100_000, 3));
        stores.keepOffset(TASK, 3);
        stores.flush();
        assertThat(stores().task(TASK)).isEqualTo(asking(100_000, 3));
    }
}
