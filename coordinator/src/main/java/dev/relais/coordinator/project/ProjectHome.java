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

    /** What opening a project came to. */
    public sealed interface Opening {
        /** Opened, or opened anew with another mode for tasks that come. */
        record Opened(ProjectHome home) implements Opening {}

        /** @param where a JSON pointer into the data */
        record Refused(String reason, String detail, String where) implements Opening {}
    }

    public static Opening open(ProjectOpened event) {
        if (event.mode() < 1 || event.mode() > 3) {
            return new Opening.Refused("invalid", "mode is 1, 2 or 3, not " + event.mode(), "/mode");
        }
        return new Opening.Opened(new ProjectHome(event.project(), event.mode()));
    }

    /** @param home null for a project that was never opened */
    public static ProjectTold answer(@Nullable ProjectHome home, ProjectAsked question) {
        return new ProjectTold(question.project(), question.taskId(), home == null ? UNOPENED : home.mode(), question.number());
    }
}
