package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run ended, as its worker tells the coordinator. A cancel is the coordinator's own decision and no conclusion of a worker. */
public sealed interface Conclusion {
    /** A deliverable, whatever its status says. Where {@code statusVerified} is pending or blocked, an {@code alerted} entry before it asked for what is missing. */
    record Delivered(@JsonValue DeliverablePublished deliverable) implements Conclusion {}

    /** The persona asked another agent and waits. */
    record Escalated(@JsonValue EscalationRaised escalation) implements Conclusion {}

    /** The run cannot go on; {@code failure.reason} is a stable code. */
    record Failed(@JsonValue TaskFailed failure) implements Conclusion {}
}
