package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** Asks that a task ends now. {@code by} says who asks. */
public record CancelRequested(TaskId taskId, @Nullable String reason, @Nullable String by) implements RequestEvent {}
