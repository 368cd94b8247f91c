package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** A deliverable was refused, which ends its task. */
public record TaskRejected(TaskId taskId, AgentName agent, int round, Digest digest, @Nullable String reason, @Nullable String by,
        Usage usage,
        int turns) implements OutcomeEvent {}
