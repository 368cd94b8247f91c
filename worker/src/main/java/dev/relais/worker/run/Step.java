package dev.relais.worker.run;

import java.util.List;

import dev.relais.schemas.event.EscalationRaised;
import dev.relais.worker.contract.ContractRule;
import dev.relais.worker.policy.FileClaimRule;
import dev.relais.worker.policy.Inspection;
import dev.relais.worker.tool.ToolCall;

/** What a run does next. */
public sealed interface Step {
    /** Ask the model for the next reply. */
    record AskModel() implements Step {}

    /** Run these calls of the reply. */
    record RunTools(List<ToolCall> calls) implements Step {
        public RunTools {
            calls = List.copyOf(calls);
        }
    }

    /** Answer the reply's calls with an error, and run none: the reply was cut within them. */
    record RefuseTools(List<ToolCall> calls, String text) implements Step {
        public RefuseTools {
            calls = List.copyOf(calls);
        }
    }

    /** Say something to the persona in the worker's own name. {@code what} begins the input's id. */
    record Say(String what, String text) implements Step {}

    /** Tell another agent, and go on. */
    record Alert(EscalationRaised escalation) implements Step {}

    /** Ask another agent, and end. */
    record Escalate(EscalationRaised escalation) implements Step {}

    /** Look at what the deliverable would change: what follows depends on it. */
    record Inspect() implements Step {}

    /** Run the task's acceptance commands on what is to be delivered. */
    record Accept(List<String> commands) implements Step {
        public Accept {
            commands = List.copyOf(commands);
        }
    }

    /**
     * The reply is final: push its branch, and end.
     *
     * @param files that its block names, held against the diff
     */
    record Deliver(String text, ContractRule.Check check, Inspection inspection, FileClaimRule.Held files) implements Step {}

    /** The run cannot go on. */
    record Fail(String reason, String detail) implements Step {}
}
