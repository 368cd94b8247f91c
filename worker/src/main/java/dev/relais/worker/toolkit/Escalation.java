package dev.relais.worker.toolkit;

import java.util.List;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised;

/** An Escalate call as read from its input. */
public sealed interface Escalation {
    /**
     * The four points of preserved context are there: done, obstacle, options with their trade-offs, files.
     *
     * @param to the agents that the model names; those of its table's row are asked whether it names them or not
     * @param isBlocking whether the work rests until the answer comes
     */
    record Valid(String situation, List<AgentName> to, String done, String obstacle, List<EscalationRaised.Option> options,
            List<String> files, boolean isBlocking) implements Escalation {
        public Valid {
            to = List.copyOf(to);
            options = List.copyOf(options);
            files = List.copyOf(files);
        }
    }

    /** @param text the call's error result: what is missing or wrong, for the model */
    record Invalid(String text) implements Escalation {}
}
