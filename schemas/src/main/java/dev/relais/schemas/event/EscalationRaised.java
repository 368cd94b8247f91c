package dev.relais.schemas.event;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A question or alert that another agent must answer. The CloudEvents id of each receiver's copy is its {@link ChildId}.
 * The four points of preserved context are required: done, obstacle, options with their trade-offs, files.
 *
 * @param taskId the task that waits
 * @param from the agent that asks
 * @param to every receiver
 * @param situation as the persona's table names it, or as the persona said it
 * @param origin {@code persona} (it called Escalate), {@code status} (its deliverable is blocked or pending) or {@code watch} (the worker found in the diff what
 *     the persona kept to itself)
 * @param offTable receivers that the persona's table does not name for this situation
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EscalationRaised(TaskId taskId, AgentName from, List<AgentName> to, String situation, String done, String obstacle,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Option> options,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> files,
        String origin, List<AgentName> offTable, Raised raised, int round, @Nullable String title,
        @Nullable String project) implements WorkEvent {
    public EscalationRaised {
        to = List.copyOf(to);
        options = List.copyOf(options);
        files = List.copyOf(files);
        offTable = Lists.copyOrEmpty(offTable);
    }

    public record Option(String option, String tradeoffs) {}
}
