package dev.relais.coordinator.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;

/** Where an escalation goes: to every agent that it names, once, and to chef-equipe where nobody plays one (rule 9). */
public final class RouteRule {
    /** Where what nobody else may receive goes. */
    public static final AgentName LAST_RESORT = new AgentName("chef-equipe");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");

    private RouteRule() {}

    /** One copy of an escalation. */
    public sealed interface Copy {
        ChildId child();

        AgentName inbox();

        /** To the agent that was named. */
        record Direct(ChildId child) implements Copy {
            @Override
            public AgentName inbox() {
                return child.receiver();
            }
        }

        /** To the last resort, with the reason; the child keeps the name that was asked for, so that its answer is known. */
        record Redirected(ChildId child, AgentName inbox, String reason) implements Copy {}
    }

    /** The agents that a worker's header names, each once. Whether one is known, {@link #copies} decides. */
    public static List<AgentName> receivers(List<String> names) {
        var agents = names.stream().map(name -> SLUG.matcher(name).matches() ? new AgentName(name) : LAST_RESORT).distinct()
                .toList();
        return agents.isEmpty() ? List.of(LAST_RESORT) : agents;
    }

    /** One copy an inbox: of several unknown agents, and of one beside chef-equipe itself, a single copy goes there (I8). */
    public static List<Copy> copies(List<ChildId> children, AgentRegistry agents) {
        var copies = new ArrayList<Copy>();
        var reached = new HashSet<AgentName>();
        for (ChildId child : children) {
            if (agents.receiver(child.receiver()).equals(child.receiver()) && reached.add(child.receiver())) {
                copies.add(new Copy.Direct(child));
            }
        }
        for (ChildId child : children) {
            AgentName inbox = agents.receiver(child.receiver());
            if (!inbox.equals(child.receiver()) && reached.add(inbox)) {
                copies.add(new Copy.Redirected(child, inbox, "unknown-agent"));
            }
        }
        return copies;
    }
}
