package dev.relais.coordinator.routing;

import java.util.List;
import java.util.regex.Pattern;

import dev.relais.schemas.event.AgentName;

/** Turns the receivers that a worker names into agents, each once. Whether an agent is known, the registry says at the sink. */
public final class RouteRule {
    /** Where what nobody else may receive goes. */
    public static final AgentName LAST_RESORT = new AgentName("chef-equipe");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");

    private RouteRule() {}

    public static List<AgentName> receivers(List<String> names) {
        var agents = names.stream().map(name -> SLUG.matcher(name).matches() ? new AgentName(name) : LAST_RESORT).distinct()
                .toList();
        return agents.isEmpty() ? List.of(LAST_RESORT) : agents;
    }
}
