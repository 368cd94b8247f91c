package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.RouteTable;
import dev.relais.worker.toolkit.Askable;
import dev.relais.worker.toolkit.EscalateTool;
import dev.relais.worker.toolkit.Escalation;

/** Which call of a reply asks another agent, and whom: by the persona's own table first (DESIGN.md 4). */
final class EscalationRule {
    private static final AgentName LAST_RESORT = new AgentName("chef-equipe");

    private EscalationRule() {}

    /** The call that escalates, at its place. */
    record Asked(int place, Escalation.Valid escalation) {}

    /** The first Escalate call that says all four points and blocks; any other one gets its result as every call does. */
    static Optional<Asked> blocking(Reply reply, Askable askable) {
        return valid(reply, askable).filter(asked -> asked.escalation().isBlocking()).findFirst();
    }

    /** The first that does not block and has not been sent. */
    static Optional<Asked> aside(Reply reply, List<Raised> raised, Askable askable) {
        return valid(reply, askable).filter(asked -> !asked.escalation().isBlocking())
                .filter(asked -> !raised.contains(StepRule.raised(reply, asked.place()))).findFirst();
    }

    private static Stream<Asked> valid(Reply reply, Askable askable) {
        return reply.calls().stream().filter(call -> call.name().equals(EscalateTool.NAME))
                .flatMap(call -> EscalateTool.read(call.input(), askable) instanceof Escalation.Valid valid
                        ? Stream.of(new Asked(call.place(), valid))
                        : Stream.empty());
    }

    /** Everyone whom the table names is asked; whom else the call names is asked too, and marked as off the table. */
    static EscalationRaised event(Asked asked, Reply reply, Persona persona, WorkDispatched work) {
        var escalation = asked.escalation();
        var raised = new Raised(reply.epoch(), reply.sequence(), asked.place());
        // Nobody can answer a question to oneself: the task would wait for ever.
        List<AgentName> named = escalation.to().stream().filter(name -> !name.equals(work.agent())).toList();
        return switch (persona.routes().receiversFor(escalation.situation())) {
            case RouteTable.Named(List<AgentName> agents, String row) -> {
                List<AgentName> besides = named.stream().filter(name -> !agents.contains(name)).toList();
                var to = new ArrayList<>(agents);
                to.addAll(besides);
                yield event(escalation, work, raised, to, row, besides);
            }
            case RouteTable.Unnamed _ -> {
                List<AgentName> to = named.isEmpty() ? List.of(LAST_RESORT) : named;
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
