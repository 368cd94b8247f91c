package dev.relais.coordinator.task;

import org.jspecify.annotations.Nullable;

/** One writer's mind: what one event does to one task. Pure; the same for the live path, a replay and the simulation. */
public final class TaskMachine {
    /**
     * @param task null for a task that is not known
     * @return the decision; for an unknown task and an event that is no request, {@link Unknown}
     */
    public Result decide(@Nullable Task task, TaskEvent event, Now now) {
        if (task == null) {
            return new Result.Unknown();
        }
        return new Result.Decided(new Decision(task, java.util.List.of()));
    }

    /** What deciding came to. */
    public sealed interface Result {
        record Decided(Decision decision) implements Result {}

        /** No such task: a verdict, answer, message or cancel is kept for ten minutes, an entry is fenced. */
        record Unknown() implements Result {}
    }
}
