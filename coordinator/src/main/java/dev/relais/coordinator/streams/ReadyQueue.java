package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;

/**
 * The backlog: higher priority first, then first come. It lies in a store, because it may be larger than memory; in memory is only how many
 * wait in each line and where its head is, so that a look at the head never wades through the store's deleted records.
 */
final class ReadyQueue {
    private static final int PRIORITIES = 10;
    private static final String QUEUED = "q|";
    private static final String KEY_OF_TASK = "t|";

    private final Region store;
    private final Map<String, Line> lines = new HashMap<>();

    ReadyQueue(Region store) {
        this.store = store;
        store.each(QUEUED, QUEUED + "~", (key, _) -> line(key).joined(key));
    }

    /** Tasks of one agent and priority. */
    private static final class Line {
        private int waiting;
        /** No key of the line is smaller. */
        private String head = "";

        void joined(String key) {
            head = waiting == 0 || key.compareTo(head) < 0 ? key : head;
            waiting++;
        }

        void left() {
            waiting--;
        }
    }

    /** @param arrival grows from one to the next */
    void enqueue(AgentName agent, int priority, TaskId id, long arrival) {
        dequeue(id);
        String key = prefix(agent, PRIORITIES - 1 - priority) + "%019d".formatted(arrival);
        store.put(key, bytes(id.value()));
        store.put(KEY_OF_TASK + id, bytes(key));
        line(key).joined(key);
    }

    /** Nothing where it does not wait. */
    void dequeue(TaskId id) {
        byte[] key = store.delete(KEY_OF_TASK + id);
        if (key != null) {
            store.delete(text(key));
            line(text(key)).left();
        }
    }

    Optional<TaskId> first(AgentName agent) {
        for (int rank = 0; rank < PRIORITIES; rank++) {
            String prefix = prefix(agent, rank);
            Line line = lines.get(prefix);
            if (line != null && line.waiting > 0) {
                return Optional.of(head(prefix, line));
            }
        }
        return Optional.empty();
    }

    private TaskId head(String prefix, Line line) {
        // ':' follows the digits: the range ends with this line.
        var found = store.first(line.head, prefix + ":")
                .orElseThrow(() -> new UnreadableState("the line " + prefix + " has lost its tasks"));
        line.head = found.key();
        return new TaskId(text(found.value()));
    }

    int waiting(AgentName agent) {
        int waiting = 0;
        for (int rank = 0; rank < PRIORITIES; rank++) {
            Line line = lines.get(prefix(agent, rank));
            waiting += line == null ? 0 : line.waiting;
        }
        return waiting;
    }

    private Line line(String key) {
        return lines.computeIfAbsent(key.substring(0, key.lastIndexOf('|') + 1), _ -> new Line());
    }

    private static String prefix(AgentName agent, int rank) {
        return QUEUED + agent + "|" + rank + "|";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
