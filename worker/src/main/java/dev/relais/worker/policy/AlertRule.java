package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Phrase;
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
                return Optional.of(event(found, route, persona.language(), work, raised));
            }
        }
        return Optional.empty();
    }

    /** @param isOffTable where the table has no row for the situation */
    private record Route(String situation, List<AgentName> to, boolean isOffTable) {}

    private static Route route(Watched.Kind kind, Persona persona, AgentName self) {
        List<String> phrases = kind.phrases(persona.language());
        for (String phrase : phrases) {
            if (persona.routes().receiversFor(phrase) instanceof RouteTable.Named(List<AgentName> agents, String row)) {
                List<AgentName> others = agents.stream().filter(agent -> !agent.equals(self)).toList();
                return new Route(row, others.isEmpty() ? List.of(LAST_RESORT) : others, others.isEmpty());
            }
        }
        return new Route(phrases.getFirst(), List.of(LAST_RESORT), true);
    }

    private static boolean isSpoken(String situation, List<String> spoken, Persona persona) {
        return spoken.stream().anyMatch(said -> said.equals(situation) || List.of(said.split(" ; ", -1)).contains(situation)
                || (persona.routes().receiversFor(said) instanceof RouteTable.Named named && named.row().equals(situation)));
    }

    private static EscalationRaised event(List<Watched> found, Route route, Language language, WorkDispatched work,
            Raised raised) {
        List<String> all = found.stream().map(watched -> "- " + watched.line(language)).distinct().toList();
        var lines = new ArrayList<>(all.subList(0, Math.min(MOST_LINES, all.size())));
        int more = all.size() - lines.size();
        if (more > 0) {
            lines.add(language.say(Phrase.ALERT_MORE, more));
        }
        List<String> files = found.stream().map(Watched::path).distinct().toList();
        var options = List.of(
                new EscalationRaised.Option(language.say(Phrase.APPROVE_OPTION),
                        language.say(Phrase.APPROVE_TRADEOFFS)),
                new EscalationRaised.Option(language.say(Phrase.CHANGE_OPTION),
                        language.say(Phrase.CHANGE_TRADEOFFS)));
        return new EscalationRaised(work.taskId(), work.agent(), route.to(), route.situation(),
                language.say(Phrase.ALERT_DONE, work.round(), work.agent()),
                language.say(Phrase.ALERT_FOUND) + "\n" + String.join("\n", lines), options, files, ORIGIN,
                route.isOffTable() ? route.to() : List.of(), raised, work.round(), work.request().title(),
                work.request().project());
    }
}
