package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** Opens a project with the validation mode of its tasks, or changes it for tasks that come. */
public record ProjectOpened(String project, int mode, @Nullable String by) implements RequestEvent {}
