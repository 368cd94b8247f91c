package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.TaskId;

/** Calendar timers by due time; they fire while a tick is processed, by its append time. At most one of a name runs for a task. */
final class Timers {
    private final Region store;

    Timers(Region store) {
        this.store = store;
    }

    /** A timer that is due. {@code due} is in milliseconds since 1970. */
    record Due(TaskId task, String timer, long due) {}

    void start(TaskId id, String timer, long due) {
        stop(id, timer);
        store.put(dueKey(id, timer, due), bytes(id.value()));
        store.put(taskKey(id, timer), bytes(Long.toString(due)));
    }

    void stop(TaskId id, String timer) {
        byte[] due = store.delete(taskKey(id, timer));
        if (due != null) {
            store.delete(dueKey(id, timer, Long.parseLong(text(due))));
        }
    }

    /** What is due, the oldest first; each has stopped. */
    List<Due> takeDue(long now) {
        var due = new ArrayList<Due>();
        store.each("d|", "d|%019d|~".formatted(now), (key, task) -> {
            String[] parts = key.split("\\|", -1);
            due.add(new Due(new TaskId(text(task)), parts[2], Long.parseLong(parts[1])));
        });
        due.forEach(timer -> stop(timer.task(), timer.timer()));
        return due;
    }

    private static String dueKey(TaskId id, String timer, long due) {
        return "d|%019d|%s|%s".formatted(due, timer, id);
    }

    private static String taskKey(TaskId id, String timer) {
        return "t|" + id + "|" + timer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
