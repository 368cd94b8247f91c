package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.TaskId;

/** Calendar timers by due time; they fire while a tick is processed, by its append time. Whoever stops one knows when it is due. */
final class Timers {
    private final Region store;

    Timers(Region store) {
        this.store = store;
    }

    /** A timer that is due. {@code due} is in milliseconds since 1970. */
    record Due(TaskId task, String timer, long due) {}

    void start(TaskId id, String timer, long due) {
        store.put(dueKey(id, timer, due), bytes(id.value()));
    }

    void stop(TaskId id, String timer, long due) {
        store.delete(dueKey(id, timer, due));
        store.delete(oldKey(id, timer));
    }

    /** One that version 1 started, which kept its due time under the task. */
    void stopOld(TaskId id, String timer) {
        byte[] due = store.get(oldKey(id, timer));
        if (due != null) {
            stop(id, timer, Long.parseLong(text(due)));
        }
    }

    /** What is due, the oldest first; each has stopped. */
    List<Due> takeDue(long now) {
        var due = new ArrayList<Due>();
        store.each("d|", "d|" + Region.ordered(now) + "|~", (key, task) -> {
            String[] parts = key.split("\\|", -1);
            due.add(new Due(new TaskId(text(task)), parts[2], Long.parseLong(parts[1])));
        });
        due.forEach(timer -> stop(timer.task(), timer.timer(), timer.due()));
        return due;
    }

    private static String dueKey(TaskId id, String timer, long due) {
        return "d|" + Region.ordered(due) + "|" + timer + "|" + id;
    }

    private static String oldKey(TaskId id, String timer) {
        return "t|" + id + "|" + timer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
