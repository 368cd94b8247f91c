package dev.relais.coordinator.project;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.ProjectAsked;
import dev.relais.schemas.event.ProjectOpened;
import dev.relais.schemas.event.ProjectTold;

/**
 * What one shard knows of a project whose home it is.
 *
 * @param mode of tasks that name none
 */
public record ProjectHome(String project, int mode) {
    /** An unopened project's: every deliverable waits for an ok. */
    public static final int UNOPENED = 1;

    public static ProjectHome opened(ProjectOpened event) {
        return new ProjectHome(event.project(), event.mode());
    }

    /** @param home null for a project that was never opened */
    public static ProjectTold answer(@Nullable ProjectHome home, ProjectAsked question) {
        return new ProjectTold(question.project(), question.taskId(), home == null ? UNOPENED : home.mode(), question.number());
    }
}
