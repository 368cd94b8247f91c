package dev.relais.coordinator.routing;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.relais.schemas.event.AgentName;

/**
 * The agents there are, and no others: a sink to a topic that does not exist stalls a Streams application for ever, so a name in an event is
 * looked up here before anything is forwarded.
 */
public final class AgentRegistry {
    private final Set<AgentName> relais;
    private final Set<AgentName> foreign;

    public AgentRegistry(List<AgentName> relais, List<AgentName> foreign) {
        this.relais = Set.copyOf(relais);
        this.foreign = Set.copyOf(foreign);
    }

    /** Who plays an agent. */
    public enum Player {
        /** Relais workers: work waits for their capacity. */
        RELAIS,
        /** Another system: it gets its work at once (rule 11). */
        FOREIGN,
        /** Nobody: nothing is forwarded to it. */
        NOBODY
    }

    public Player player(AgentName agent) {
        if (relais.contains(agent)) {
            return Player.RELAIS;
        }
        return foreign.contains(agent) ? Player.FOREIGN : Player.NOBODY;
    }

    /** Where an escalation to this agent really goes: to chef-equipe where nobody plays it. */
    public AgentName receiver(AgentName named) {
        return player(named) == Player.NOBODY ? RouteRule.LAST_RESORT : named;
    }

    /** Every agent, sorted. */
    public Set<AgentName> all() {
        var all = new TreeSet<>(relais);
        all.addAll(foreign);
        return all;
    }
}
