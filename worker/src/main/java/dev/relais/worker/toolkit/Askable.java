package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.relais.schemas.event.AgentName;
import dev.relais.worker.persona.RouteTable;
import dev.relais.worker.persona.Words;

/**
 * The agents that may be asked: those of the persona's table, and the closed registry (rule 9).
 *
 * @param byTable in the table's order
 * @param others that exist and that the table does not name
 */
public record Askable(List<AgentName> byTable, List<AgentName> others) {
    public Askable {
        byTable = List.copyOf(byTable);
        others = List.copyOf(others);
    }

    /** @param registry every agent that exists, whoever plays it */
    public static Askable of(RouteTable routes, List<AgentName> registry) {
        List<AgentName> byTable = routes.rows().stream().flatMap(row -> row.receivers().stream()).distinct().toList();
        var others = new TreeSet<>(registry);
        byTable.forEach(others::remove);
        return new Askable(byTable, List.copyOf(others));
    }

    /** @param written as a model writes it: {@code Sécurité} and {@code @securite} are securite */
    Optional<AgentName> named(String written) {
        String slug = String.join("-", Words.of(written));
        return Stream.concat(byTable.stream(), others.stream()).filter(agent -> agent.value().equals(slug)).findFirst();
    }

    /** For a model. */
    String listed() {
        var parts = new ArrayList<String>();
        if (!byTable.isEmpty()) {
            parts.add(names(byTable) + " (in your table)");
        }
        if (!others.isEmpty()) {
            parts.add(names(others) + " (off your table)");
        }
        return parts.isEmpty() ? "none" : String.join("; ", parts);
    }

    private static String names(List<AgentName> agents) {
        return agents.stream().map(AgentName::value).collect(Collectors.joining(", "));
    }
}
