package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.streams.ReadyQueue.Place;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

final class ReadyQueueTest {
    private static final AgentName AGENT = new AgentName("backend-dev");
    private final MapStore store = new MapStore();

    private ReadyQueue queue() {
        return new ReadyQueue(new Region(store, "ready", new Writes()));
    }

    private static TaskId task(String id) {
        return new TaskId(id);
    }

    @Test
    void agentWhoseNameBeginsAsAnothersHasItsOwnLine() {
        var queue = queue();
        queue.enqueue(new Place(new AgentName("backend"), 5, 1), task("t1"));
        assertThat(queue.first(AGENT)).isEmpty();
        assertThat(queue.first(new AgentName("backend"))).contains(task("t1"));
    }

    @Test
    void queueIsTheSameAfterARestart() {
        var before = queue();
        before.enqueue(new Place(AGENT, 5, 1), task("t1"));
        before.enqueue(new Place(AGENT, 9, 2), task("t2"));
        before.first(AGENT);
        before.dequeue(new Place(AGENT, 9, 2), task("t2"));
        before.flush();

        var after = queue();
        assertThat(after.first(AGENT)).contains(task("t1"));
        assertThat(after.waiting(AGENT)).isEqualTo(1);
    }

    @Test
    void taskThatLeavesWithTheRecordItCameWithIsNeverWritten() {
        var queue = queue();
        queue.enqueue(new Place(AGENT, 5, 1), task("t1"));
        queue.enqueue(new Place(AGENT, 5, 2), task("t2"));
        queue.dequeue(new Place(AGENT, 5, 1), task("t1"));
        queue.flush();
        assertThat(queue().waiting(AGENT)).isEqualTo(1);
        assertThat(queue().first(AGENT)).contains(task("t2"));
        assertThat(store.writes()).isEqualTo(1);
    }

    @Test
    void headsOfAShortLineAreKnownWithoutTheStore() {
        var queue = queue();
        int ranges = store.ranges();
        for (int i = 0; i < 100; i++) {
            queue.enqueue(new Place(AGENT, 5, i), task("t" + i));
        }
        for (int i = 0; i < 100; i++) {
            queue.dequeue(new Place(AGENT, 5, i), queue.first(AGENT).orElseThrow());
        }
        assertThat(store.ranges()).isEqualTo(ranges);
    }

    @Test
    void aLineLongerThanWhatIsKnownOfItKeepsItsOrder() {
        var queue = queue();
        for (int i = 0; i < 2_500; i++) {
            queue.enqueue(new Place(AGENT, 5, i), task("t" + i));
        }
        for (int i = 0; i < 2_500; i++) {
            assertThat(queue.first(AGENT)).contains(task("t" + i));
            queue.dequeue(new Place(AGENT, 5, i), task("t" + i));
            if (i % 700 == 0) {
                queue.enqueue(new Place(AGENT, 5, 2_500 + i), task("late" + i));
            }
        }
        assertThat(queue.waiting(AGENT)).isEqualTo(4);
        assertThat(queue.first(AGENT)).contains(task("late0"));
    }

    /** Version 1 kept each task's key under the task. */
    @Test
    void tasksThatVersionOneLetWaitKeepTheirOrderAndLeaveNothing() {
        for (int i = 1; i <= 2; i++) {
            String key = "q|backend-dev|4|" + Region.ordered(i);
            store.put("ready/" + key, ("t" + i).getBytes(StandardCharsets.UTF_8));
            store.put("ready/t|t" + i, key.getBytes(StandardCharsets.UTF_8));
        }
        var queue = queue();
        queue.enqueue(new Place(AGENT, 5, 3), task("t3"));
        assertThat(queue.first(AGENT)).contains(task("t1"));
        queue.dequeueOld(task("t1"));
        queue.dequeueOld(task("t3"));
        assertThat(queue.first(AGENT)).contains(task("t2"));
        queue.dequeueOld(task("t2"));
        assertThat(queue.first(AGENT)).contains(task("t3"));
        queue.dequeue(new Place(AGENT, 5, 3), task("t3"));
        queue.flush();
        assertThat(queue.waiting(AGENT)).isZero();
        assertThat(store.approximateNumEntries()).isZero();
    }

    /** A queued task as the model of the queue has it. */
    private record Waiting(int priority, long arrival, TaskId id) {}

    private static void leave(ReadyQueue queue, Waiting one) {
        queue.dequeue(new Place(AGENT, one.priority(), one.arrival()), one.id());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderIsAlwaysPriorityThenArrival(long seed) {
        var random = new Random(seed);
        var model = new ArrayList<Waiting>();
        var queue = queue();
        for (int step = 1; step <= 500; step++) {
            if (model.isEmpty() || random.nextInt(10) < 5) {
                var next = new Waiting(random.nextInt(10), step, task("t" + step));
                queue.enqueue(new Place(AGENT, next.priority(), step), next.id());
                model.add(next);
            } else if (random.nextInt(10) < 2) {
                leave(queue, model.remove(random.nextInt(model.size())));
            } else {
                var expected = model.stream()
                        .min(Comparator.comparingInt((Waiting each) -> -each.priority()).thenComparingLong(Waiting::arrival))
                        .orElseThrow();
                assertThat(queue.first(AGENT)).contains(expected.id());
                leave(queue, expected);
                model.remove(expected);
            }
            if (random.nextInt(50) == 0) {
                queue.flush();
                queue = queue();
            }
        }
        assertThat(queue.waiting(AGENT)).isEqualTo(model.size());
        assertThat(List.of(queue.first(AGENT).isPresent())).containsExactly(!model.isEmpty());
    }
}
