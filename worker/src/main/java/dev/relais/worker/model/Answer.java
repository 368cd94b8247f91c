package dev.relais.worker.model;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Usage;

/** What asking the model came to. */
public sealed interface Answer {
    /**
     * @param content the reply's content blocks, raw
     * @param stopReason an open enumeration: end_turn, tool_use, max_tokens, …
     * @param costUsd null for a model without a known price
     */
    record Reply(JsonNode content, String stopReason, String model, Usage usage, @Nullable BigDecimal costUsd,
            @Nullable String requestId,
            long millis) implements Answer {}

    /** @param detail what the server said, without secrets */
    record Failed(Failure failure, String detail) implements Answer {}

    /** Whose fault, and so what follows (rule 6). */
    enum Failure {
        /** The task's: it fails as {@code refusal}. */
        REFUSAL,
        /** The task's: {@code context-overflow}. */
        CONTEXT_OVERFLOW,
        /** The task's: {@code bad-request}. */
        BAD_REQUEST,
        /** The task's, once asked again for smaller steps: {@code reply-too-large}. */
        REPLY_TOO_LARGE,
        /** The worker's: 401, 402, 403, a spend limit. It yields its runs, is not ready, and takes nothing until a probe succeeds. */
        WORKER_REFUSED,
        /** Nobody's: away for ten minutes. The run yields as {@code model-unavailable}. */
        UNAVAILABLE
    }
}
