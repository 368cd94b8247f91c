package dev.relais.worker.workspace;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;

/** Makes the workspace of a run. Nothing is checked out before it is used. */
public interface Workspaces {
    /**
     * @param source null for an empty workspace
     * @param snapshot the commit of the last {@code toolsRan}, or null where there is none
     */
    Workspace open(TaskId task, int epoch, TaskRequested.@Nullable Source source, @Nullable String snapshot);
}
