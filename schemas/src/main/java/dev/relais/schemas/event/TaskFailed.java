package dev.relais.schemas.event;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A task ended without a deliverable.
 *
 * @param reason a stable code: turns-spent, wall-spent, poison, refusal, context-overflow, push-refused, journal-gone, expired, …
 * @param detail what happened and what to do about it
 * @param snapshot the workspace's last snapshot, where one exists
 * @param redrivable whether asking again, under another task id, can help once the cause is mended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskFailed(TaskId taskId, AgentName agent, int round, String reason, String detail, @Nullable String snapshot,
        boolean redrivable, Usage usage, @Nullable BigDecimal costUsd, int turns) implements OutcomeEvent {}
