package dev.relais.schemas.topic;

import dev.relais.schemas.event.AgentName;

/**
 * The topics of one namespace.
 *
 * @param namespace prefix of every name, with its trailing dot: {@code relais.}
 */
public record Topics(String namespace) {
    public static final String DEFAULT_NAMESPACE = "relais.";

    public String requests() {
        return namespace + "requests";
    }

    public String inbox(AgentName agent) {
        return namespace + "inbox." + agent;
    }

    public String journal() {
        return namespace + "journal";
    }

    public String deliverables(AgentName agent) {
        return namespace + "deliverables." + agent;
    }

    public String validations() {
        return namespace + "validations";
    }

    public String tasks() {
        return namespace + "tasks";
    }

    public String control() {
        return namespace + "control";
    }

    public String deadLetters() {
        return namespace + "dead-letters";
    }

    /** The share group that takes an agent's work. */
    public String inboxGroup(AgentName agent) {
        return inbox(agent);
    }
}
