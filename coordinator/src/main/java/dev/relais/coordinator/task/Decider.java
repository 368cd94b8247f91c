package dev.relais.coordinator.task;

import org.jspecify.annotations.Nullable;

/** What one event does to one task. Deterministic: a replay decides as the first time. */
@FunctionalInterface
public interface Decider {
    /** @param task null for a task that is not known */
    TaskMachine.Result decide(@Nullable Task task, TaskEvent event, Now now);
}
