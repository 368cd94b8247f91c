package dev.relais.schemas.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A task's state for people and dashboards, on the compacted topic {@code tasks}.
 *
 * @param awaits verdict, answer or nothing (null)
 * @param digest the deliverable that awaits a verdict
 * @param children escalations that await an answer
 * @param reason why it ended, or why it was dispatched again
 * @param wasted what entries of void epochs spent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskSnapshot(TaskId taskId, TaskState state, AgentName agent, @Nullable String title, @Nullable String project,
        int mode,
        int priority, int round, int epoch, @Nullable WorkerId owner, int turns, Usage usage, @Nullable BigDecimal costUsd,
        Usage wasted,
        @Nullable String awaits, @Nullable Digest digest, List<ChildId> children, int pendingInputs, int expiries,
        @Nullable String reason, Instant submittedAt, Instant updatedAt, Map<String, String> labels) implements EventData {
    public TaskSnapshot {
        children = Lists.copyOrEmpty(children);
        labels = Lists.copyOrEmpty(labels);
    }
}
