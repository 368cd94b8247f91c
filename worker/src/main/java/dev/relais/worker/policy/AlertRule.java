package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.RouteTable;

/** Whom the worker tells of a watched change that the persona kept to itself: by the persona's own table, each situation once. */
public final class AlertRule {
    /** The {@code origin} of an alert that the worker raised over a diff. */
    public static final String ORIGIN = "watch";

    private static final AgentName LAST_RESORT = new AgentName("chef-equipe");
    private static final int MOST_LINES = 12;

    private AlertRule() {}

    /**
     * @param spoken situations that somebody was told of already, in the persona's words or the table's
     * @param reply epoch and sequence of the reply that is to be delivered
     */
    public static Optional<EscalationRaised> next(Inspection inspection, List<String> spoken, Persona persona,
            WorkDispatched work,
            Raised reply) {
        for (Watched.Kind kind : Watched.Kind.values()) {
            List<Watched> found = inspection.watched().stream().filter(watched -> watched.kind() == kind).toList();
            Route route = route(kind, persona, work.agent());
            if (!found.isEmpty() && !isSpoken(route.situation(), spoken, persona)) {
                var raised = new Raised(reply.epoch(), reply.sequence(), kind.place());
                return Optional.of(event(found, route, work, raised));
            }
        }
        return Optional.empty();
    }

    /** @param isOffTable where the table has no row for the situation */
    private record Route(String situation, List<AgentName> to, boolean isOffTable) {}

    private static Route route(Watched.Kind kind, Persona persona, AgentName self) {
        for (String phrase : kind.phrases()) {
            if (persona.routes().receiversFor(phrase) instanceof RouteTable.Named(List<AgentName> agents, String row)) {
                List<AgentName> others = agents.stream().filter(agent -> !agent.equals(self)).toList();
                return new Route(row, others.isEmpty() ? List.of(LAST_RESORT) : others, others.isEmpty());
            }
        }
        return new Route(kind.phrases().getFirst(), List.of(LAST_RESORT), true);
    }

    private static boolean isSpoken(String situation, List<String> spoken, Persona persona) {
        return spoken.stream().anyMatch(said -> said.equals(situation) || List.of(said.split(" ; ", -1)).contains(situation)
                || (persona.routes().receiversFor(said) instanceof RouteTable.Named named && named.row().equals(situation)));
    }

    private static EscalationRaised event(List<Watched> found, Route route, WorkDispatched work, Raised raised) {
        var lines = new ArrayList<String>();
        found.stream().map(Watched::line).distinct().limit(MOST_LINES).forEach(line -> lines.add("- " + line));
        int more = (int) found.stream().map(Watched::line).distinct().count() - lines.size();
        if (more > 0) {
            lines.add("- et " + more + " autres");
        }
        List<String> files = found.stream().map(Watched::path).distinct().toList();
        var options = List.of(
                new EscalationRaised.Option("Relire ce changement et l'approuver",
                        "Le livrable suit son cours ; rien ne l'attend."),
                new EscalationRaised.Option("Répondre avec ce qui doit changer",
                        "La tâche reprend avec cette réponse si elle n'est pas close."));
        return new EscalationRaised(work.taskId(), work.agent(), route.to(), route.situation(),
                "Le livrable du tour " + work.round() + " est prêt ; " + work.agent() + " n'a parlé de ce point à personne.",
                "Relais a relevé ceci dans le diff :\n" + String.join("\n", lines), options, files, ORIGIN,
                route.isOffTable() ? route.to() : List.of(), raised, work.round(), work.request().title(),
                work.request().project());
    }
}
