package dev.relais.schemas.event;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A deliverable, with what the persona claims and what the worker checked.
 *
 * @param type as the block says: what was produced
 * @param statusClaimed completed, pending, blocked, or unverified where the reply named none
 * @param statusVerified what holds after the worker's checks: completed, pending, blocked, unverified
 * @param text the whole final reply
 * @param evidence what was checked, one line each
 * @param repository where {@code branch} was pushed; null where the run changed no file
 * @param digest over task, round, tree and block; what a verdict names
 * @param usage over the task's life so far
 * @param costUsd null for a model without a known price, never 0
 * @param turns model replies over the task's life so far
 * @param duration of this epoch's run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliverablePublished(TaskId taskId, AgentName agent, int round, @Nullable String type, List<DeliveredFile> files,
        String statusClaimed, String statusVerified, @Nullable String summary, String text, List<String> evidence,
        @Nullable String repository, @Nullable String branch, @Nullable String commit, Digest digest, Usage usage,
        @Nullable BigDecimal costUsd, int turns, Duration duration, String model, PersonaRef persona) implements OutcomeEvent {
    public static final String COMPLETED = "completed";
    public static final String PENDING = "pending";
    public static final String BLOCKED = "blocked";
    public static final String UNVERIFIED = "unverified";

    public DeliverablePublished {
        files = Lists.copyOrEmpty(files);
        evidence = Lists.copyOrEmpty(evidence);
    }

    /**
     * @param change added, modified, deleted, or none where a claimed file did not change
     * @param claimed whether the deliverable block names it
     */
    public record DeliveredFile(String path, String change, boolean claimed) {}

    /** @param hash sha256 in hex over the persona file's text */
    public record PersonaRef(String name, String hash) {}
}
