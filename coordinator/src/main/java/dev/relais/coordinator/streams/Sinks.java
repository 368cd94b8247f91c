package dev.relais.coordinator.streams;

import dev.relais.schemas.event.AgentName;

/** Names of the topology's sinks: one a topic of the closed registry, and none that an event could name. */
final class Sinks {
    static final String REQUESTS = "to-requests";
    static final String JOURNAL = "to-journal";
    static final String VALIDATIONS = "to-validations";
    static final String TASKS = "to-tasks";
    static final String CONTROL = "to-control";
    static final String DEAD_LETTERS = "to-dead-letters";

    private Sinks() {}

    static String inbox(AgentName agent) {
        return "to-inbox-" + agent;
    }

    static String deliverables(AgentName agent) {
        return "to-deliverables-" + agent;
    }
}
