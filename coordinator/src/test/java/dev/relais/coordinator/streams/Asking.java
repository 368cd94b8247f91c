package dev.relais.coordinator.streams;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;

/** Requests, as short as a test needs them. */
final class Asking {
    private Asking() {}

    static TaskRequested task(String id) {
        return task(id, 2);
    }

    static TaskRequested task(String id, @Nullable Integer mode) {
        return task(id, mode, null, null);
    }

    static TaskRequested task(String id, @Nullable Integer mode, @Nullable String project, @Nullable Integer priority) {
        return new TaskRequested("build " + id, new TaskId(id), null, null, project, mode, null, null, List.of(), null, List.of(),
                null, null, priority, null, List.of(), null, Map.of());
    }
}
