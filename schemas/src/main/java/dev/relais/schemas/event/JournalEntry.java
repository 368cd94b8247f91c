package dev.relais.schemas.event;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, durable before it has an effect. Epoch, owner and sequence travel in the record's headers, so that the coordinator
 * parses no body (rule 1). Every entry of this release has the version {@link #VERSION}; a release reads the one before.
 */
public sealed interface JournalEntry extends JournalEvent {
    int VERSION = 1;

    /** A worker takes the epoch. The task's first one carries the frame that every later epoch compiles. */
    record Claimed(String host, @Nullable Frame frame) implements JournalEntry {}

    /**
     * Words entered the conversation as a user message, or as the result of the call that {@code raised} names.
     *
     * @param input the id of the input, unique within the task
     * @param missing of a request: what the persona calls blocking and the request does not bring, as api-contract, database-decision; null where that
     *     is nothing
     */
    record Heard(String input, InputKind kind, String text, @Nullable Raised raised,
            @Nullable List<String> missing) implements JournalEntry {
        public Heard {
            missing = missing == null || missing.isEmpty() ? null : List.copyOf(missing);
        }

        /** Of any input that misses nothing. */
        public Heard(String input, InputKind kind, String text, @Nullable Raised raised) {
            this(input, kind, text, raised, null);
        }
    }

    /**
     * The model replied.
     *
     * @param content the reply's content blocks as the API gave them, replayed unchanged
     * @param requestId of the API, or null where a server gives none
     * @param costUsd null for a model without a known price
     * @param millis the call's duration, retries included
     */
    record Replied(JsonNode content, String stopReason, String model, Usage usage, @Nullable BigDecimal costUsd,
            @Nullable String requestId, long millis) implements JournalEntry {}

    /**
     * The reply's calls ran.
     *
     * @param results one a call, in the reply's order; an Escalate call that ends the run has none
     * @param commit the snapshot of the workspace after them, or null where nothing changed since the last
     * @param files each file read or written, with its content's hash afterwards
     */
    record ToolsRan(List<ToolOutcome> results, @Nullable String commit, List<FileSeen> files,
            long millis) implements JournalEntry {
        public ToolsRan {
            results = List.copyOf(results);
            files = List.copyOf(files);
        }
    }

    /** Another agent was told or asked without ending the run; raised once, whatever is resumed (rule 4). */
    record Alerted(@JsonValue EscalationRaised escalation) implements JournalEntry {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Alerted {}
    }

    /** The worker lets go of the run, which another continues; {@code reason} is a stable code: shutdown, model-unavailable, … */
    record Yielded(String reason, @Nullable String detail) implements JournalEntry {}

    /** The run's outcome. On the wire its value is the public event's data alone, complete, which the coordinator copies without reading. */
    record Concluded(@JsonValue Conclusion conclusion) implements JournalEntry {}

    /** What makes the conversation the same on every worker and in every epoch. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Frame(int version, String persona, String personaHash, JsonNode tools, String model, int maxTokens,
            String workspacePath) {}

    /** A call's result, as the model sees it. */
    record ToolOutcome(String toolUseId, String content, boolean isError) {}

    /**
     * @param path within the workspace, '/' between names
     * @param hash sha256 in hex of the content, or null where the file is gone
     * @param access read (whole), partial, written
     * @param before sha256 in hex of the content that was overwritten, or null where the file is new or was only read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileSeen(String path, @Nullable String hash, String access, @Nullable String before) {
        public FileSeen(String path, @Nullable String hash, String access) {
            this(path, hash, access, null);
        }
    }
}
