package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** A task was canceled. */
public record TaskCanceled(TaskId taskId, AgentName agent, int round, @Nullable String reason, @Nullable String by, Usage usage,
        int turns)
        implements
            OutcomeEvent {}
