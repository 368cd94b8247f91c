package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;

/**
 * The backlog: higher priority first, then first come. It lies in a store, because it may be larger than memory; in memory is how many wait in
 * each line, and the first few of them: a store that is ranged over reads one record beyond what is asked for, and so wades through all that was
 * deleted before the next that is there. Each task has its own place in its record.
 */
final class ReadyQueue {
    private static final int PRIORITIES = 10;
    /** Of a line, in memory. */
    private static final int KNOWN = 1_000;
    private static final String QUEUED = "q|";
    private static final String OLD_KEY_OF_TASK = "t|";

    private final Region store;
    private final Map<String, Line> lines = new HashMap<>();
    /** Keys of what joined with the record in hand: most of it is dispatched with the same record, and is never written. */
    private final SequencedMap<TaskId, String> fresh = new LinkedHashMap<>();
    /** How many wait of which version 1 kept the key under the task. */
    private int old;

    ReadyQueue(Region store) {
        this.store = store;
        store.each(QUEUED, QUEUED + "~", (key, id) -> line(key).joined(key, new TaskId(text(id))));
        store.each(OLD_KEY_OF_TASK, OLD_KEY_OF_TASK + "~", (_, _) -> old++);
    }

    /** @param arrival grows from one to the next */
    record Place(AgentName agent, int priority, long arrival) {
        private String key() {
            return prefix(agent, PRIORITIES - 1 - priority) + Region.ordered(arrival);
        }
    }

    /** Tasks of one agent and priority. */
    private static final class Line {
        private int waiting;
        /** The first of those that wait, by key and in its order. */
        private final SequencedMap<String, TaskId> first = new LinkedHashMap<>();

        /** Whoever comes is the last; it is known where all before it are. */
        void joined(String key, TaskId id) {
            if (first.size() == waiting && waiting < KNOWN) {
                first.put(key, id);
            }
            waiting++;
        }

        void left(String key) {
            first.remove(key);
            waiting--;
        }
    }

    /** One that does not wait. */
    void enqueue(Place place, TaskId id) {
        String key = place.key();
        store.changes();
        fresh.put(id, key);
        line(key).joined(key, id);
    }

    /** One that waits at this place. */
    void dequeue(Place place, TaskId id) {
        String key = place.key();
        if (fresh.remove(id) == null) {
            store.erase(key);
        }
        line(key).left(key);
    }

    /** One that version 1 let wait. Nothing where it does not. */
    void dequeueOld(TaskId id) {
        byte[] key = old == 0 ? null : store.delete(OLD_KEY_OF_TASK + id);
        if (key != null) {
            old--;
            store.erase(text(key));
            line(text(key)).left(text(key));
        }
    }

    /** Writes what has joined and waits. */
    void flush() {
        fresh.forEach((id, key) -> store.put(key, bytes(id.value())));
        fresh.clear();
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
        if (line.first.isEmpty()) {
            flush();
            // ':' follows the digits: the range ends with this line.
            store.first(prefix, prefix + ":", KNOWN, (key, id) -> line.first.put(key, new TaskId(text(id))));
        }
        if (line.first.isEmpty()) {
            throw new UnreadableState("the line " + prefix + " has lost its tasks");
        }
        return line.first.firstEntry().getValue();
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
