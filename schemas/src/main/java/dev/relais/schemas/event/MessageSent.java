package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** Says something to a task; it is heard when the run that goes on now has ended, or counts as {@code changes} where a verdict is awaited. */
public record MessageSent(TaskId taskId, String text, @Nullable String by) implements RequestEvent {}
