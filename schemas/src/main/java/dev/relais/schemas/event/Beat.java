package dev.relais.schemas.event;

import java.util.List;

/**
 * A worker lives: one a tick into every journal partition (rule 3).
 *
 * @param agents that it plays
 * @param capacity how many runs it takes, over all partitions
 * @param free how many more it would take now
 * @param runs the {@link RunKey}s (hex) of its runs in this partition, from the ack of their {@code claimed} until their last entry is sent
 */
public record Beat(List<AgentName> agents, int capacity, int free, List<String> runs) implements JournalEvent {
    public Beat {
        agents = List.copyOf(agents);
        runs = List.copyOf(runs);
    }
}
