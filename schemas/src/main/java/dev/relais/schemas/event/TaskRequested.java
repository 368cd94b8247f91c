package dev.relais.schemas.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Asks an agent for a unit of work. Only {@code request} is required.
 *
 * @param request the wish, in prose
 * @param taskId default: {@link TaskId#derivedFrom} the CloudEvents source and id
 * @param agent default {@code backend-dev}
 * @param mode 1 every deliverable waits for an ok, 2 all automatic, 3 key steps only; default: the project's, else 1
 * @param acceptance shell commands that must pass
 * @param network {@code none} (default) or {@code open}
 * @param priority 0-9, 9 first, default 5
 * @param orderingKey tasks that share one run one after the other
 * @param after tasks whose deliverables this one needs
 */
public record TaskRequested(String request, @Nullable TaskId taskId, @Nullable AgentName agent, @Nullable String title,
        @Nullable String project,
        @Nullable Integer mode, @Nullable Context context, @Nullable Constraints constraints, List<String> expected,
        @Nullable Source workspace, List<String> acceptance, @Nullable String network, @Nullable Envelope envelope,
        @Nullable Integer priority, @Nullable String orderingKey, List<TaskId> after, @Nullable Instant deadline,
        Map<String, String> labels) implements RequestEvent {

    public static final AgentName DEFAULT_AGENT = new AgentName("backend-dev");
    public static final int DEFAULT_PRIORITY = 5;
    /** {@link #network}: commands may use the machine's network. */
    public static final String OPEN = "open";

    public TaskRequested {
        expected = Lists.copyOrEmpty(expected);
        acceptance = Lists.copyOrEmpty(acceptance);
        after = Lists.copyOrEmpty(after);
        labels = Lists.copyOrEmpty(labels);
    }

    /** The hand-off's context: what is already decided. */
    public record Context(@Nullable String apiContract, @Nullable String dbSchema, List<String> decisions,
            @Nullable String notes) {
        public Context {
            decisions = Lists.copyOrEmpty(decisions);
        }
    }

    /** The hand-off's constraints. */
    public record Constraints(@Nullable String framework, @Nullable String performance, List<String> stack, List<String> other) {
        public Constraints {
            stack = Lists.copyOrEmpty(stack);
            other = Lists.copyOrEmpty(other);
        }
    }

    /** Where the workspace comes from: a git repository by URL, a ref in it (default its HEAD), a subdirectory to start in. */
    public record Source(String repository, @Nullable String ref, @Nullable String subdirectory) {}
}
