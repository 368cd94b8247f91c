package dev.relais.worker.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.RouteTable;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.toolkit.EscalateTool;
import dev.relais.worker.toolkit.Escalation;

/** Which call of a reply asks another agent, and whom: by the persona's own table, whatever the call says (DESIGN.md 4). */
final class EscalationRule {
    private static final AgentName LAST_RESORT = new AgentName("chef-equipe");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");

    private EscalationRule() {}

    /** The call that escalates, at its place. */
    record Asked(int place, Escalation.Valid escalation) {}

    /** The first Escalate call that says all four points; any other one gets an error as its result. */
    static Optional<Asked> first(Reply reply) {
        for (ToolCall call : reply.calls()) {
            if (call.name().equals(EscalateTool.NAME)
                    && EscalateTool.read(call.input()) instanceof Escalation.Valid valid) {
                return Optional.of(new Asked(call.place(), valid));
            }
        }
        return Optional.empty();
    }

    static EscalationRaised event(Asked asked, Reply reply, Persona persona, WorkDispatched work) {
        var escalation = asked.escalation();
        var raised = new Raised(reply.epoch(), reply.sequence(), asked.place());
        List<AgentName> named = escalation.to().stream()
                .map(name -> SLUG.matcher(name).matches() ? new AgentName(name) : LAST_RESORT)
                // Nobody can answer a question to oneself: the task would wait for ever.
                .filter(name -> !name.equals(work.agent())).distinct().toList();
        return switch (persona.routes().receiversFor(escalation.situation())) {
            case RouteTable.Named(List<AgentName> agents, String row) -> event(escalation, work, raised, agents, row, List.of());
            case RouteTable.Unnamed _ -> {
                List<AgentName> to = named.isEmpty() ? List.of(LAST_RESORT) : List.copyOf(new LinkedHashSet<>(named));
                yield event(escalation, work, raised, to, escalation.situation(), to);
            }
        };
    }

    private static EscalationRaised event(Escalation.Valid escalation, WorkDispatched work, Raised raised,
            List<AgentName> to,
            String situation, List<AgentName> offTable) {
        return new EscalationRaised(work.taskId(), work.agent(), to, situation, escalation.done(), escalation.obstacle(),
                escalation.options(),
                escalation.files(), "persona", offTable, raised, work.round(), work.request().title(), work.request().project());
    }
}
