package dev.relais.coordinator.streams;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.Usage;

import static org.assertj.core.api.Assertions.assertThat;

final class TaskCacheTest {
    private final TaskCache cache = new TaskCache(100);

    private static Task task(String id, int round) {
        var request = new TaskRequested("build it", new TaskId(id), new AgentName("backend-dev"), null, null, 1, null, null,
                List.of(), null, List.of(), null, null, null, null, List.of(), null, Map.of());
        return new Task(1, new Task.Origin(request, "hash", id, null, Instant.EPOCH), new Task.Phase.Ready(), 1, round, 0,
                new Task.Words(List.of(), List.of(), List.of()), Envelope.DEFAULT,
                new Task.Spent(0, Usage.NONE, null, Usage.NONE, 0), new Task.Trouble(0, false, false, 0),
                new Task.Prefix(0, null, null), List.of(), Instant.EPOCH);
    }

    @Test
    void theLastStateOfATaskIsRemembered() {
        cache.put(task("a", 1), 40);
        cache.put(task("a", 2), 40);
        assertThat(cache.get(new TaskId("a"))).isEqualTo(task("a", 2));
    }

    @Test
    void theTaskThatWasUsedLongestAgoGoesFirst() {
        cache.put(task("a", 1), 40);
        cache.put(task("b", 1), 40);
        assertThat(cache.get(new TaskId("a"))).isNotNull();
        cache.put(task("c", 1), 40);
        assertThat(cache.get(new TaskId("b"))).isNull();
        assertThat(cache.get(new TaskId("a"))).isNotNull();
        assertThat(cache.get(new TaskId("c"))).isNotNull();
    }

    @Test
    void aTaskLargerThanAllRoomIsNotRemembered() {
        cache.put(task("a", 1), 101);
        assertThat(cache.get(new TaskId("a"))).isNull();
    }

    @Test
    void aRewrittenTaskTakesItsRoomOnce() {
        for (int round = 1; round < 10; round++) {
            cache.put(task("a", round), 60);
        }
        cache.put(task("b", 1), 40);
        assertThat(cache.get(new TaskId("a"))).isNotNull();
    }

    @Test
    void aForgottenTaskIsGone() {
        cache.put(task("a", 1), 40);
        cache.remove(new TaskId("a"));
        assertThat(cache.get(new TaskId("a"))).isNull();
    }
}
