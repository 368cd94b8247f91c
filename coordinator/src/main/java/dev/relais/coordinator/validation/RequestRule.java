package dev.relais.coordinator.validation;

import java.util.ArrayList;
import java.util.List;

import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;

/** Whether a well-formed request can be taken: a known agent, and only fields whose effect is built. Nothing is ignored silently. */
public final class RequestRule {
    private RequestRule() {}

    /** What a request is. */
    public sealed interface Taken {
        /** With task id and agent filled in. */
        record Accepted(TaskRequested request) implements Taken {}

        /** @param where a JSON pointer into the data */
        record Refused(String reason, String detail, String where) implements Taken {}
    }

    /**
     * @param source of the CloudEvent
     * @param eventId of the CloudEvent
     */
    public static Taken take(TaskRequested request, String source, String eventId, AgentRegistry agents) {
        var unsupported = unsupported(request);
        if (!unsupported.isEmpty()) {
            String where = unsupported.getFirst();
            return new Taken.Refused("unsupported-field", "this release does not act on " + String.join(", ", unsupported)
                    + " yet, and ignores nothing silently; leave it out, or wait for the release that does", where);
        }
        AgentName agent = request.agent() == null ? TaskRequested.DEFAULT_AGENT : request.agent();
        switch (agents.player(agent)) {
            case NOBODY -> {
                return new Taken.Refused("unknown-agent", "nobody plays the agent " + agent + "; known are " + agents.all()
                        + " (RELAIS_AGENTS and RELAIS_FOREIGN_AGENTS of the coordinator)", "/agent");
            }
            case FOREIGN -> {
                // Nothing tells yet how a foreign agent concludes a task, and a task without an end is not accepted (I1).
                return new Taken.Refused("unsupported-field",
                        "the agent " + agent + " is played by another system, which receives escalations; "
                                + "tasks can be asked of Relais's own agents only",
                        "/agent");
            }
            case RELAIS -> {
            }
        }
        TaskId id = request.taskId() == null ? TaskId.derivedFrom(source, eventId) : request.taskId();
        return new Taken.Accepted(filledIn(request, id, agent));
    }

    private static List<String> unsupported(TaskRequested request) {
        var pointers = new ArrayList<String>();
        if (!request.acceptance().isEmpty()) {
            pointers.add("/acceptance");
        }
        if ("open".equals(request.network())) {
            pointers.add("/network");
        }
        if (request.envelope() != null) {
            pointers.addAll(unsupported(request.envelope()));
        }
        if (request.orderingKey() != null) {
            pointers.add("/orderingKey");
        }
        if (!request.after().isEmpty()) {
            pointers.add("/after");
        }
        if (request.deadline() != null) {
            pointers.add("/deadline");
        }
        return pointers;
    }

    /** Of an envelope, wherever one comes: turns and wall are counted, tokens and money not yet. */
    public static List<String> unsupported(Envelope envelope) {
        var pointers = new ArrayList<String>();
        if (envelope.tokens() != null) {
            pointers.add("/envelope/tokens");
        }
        if (envelope.usd() != null) {
            pointers.add("/envelope/usd");
        }
        return pointers;
    }

    private static TaskRequested filledIn(TaskRequested r, TaskId id, AgentName agent) {
        return new TaskRequested(r.request(), id, agent, r.title(), r.project(), r.mode(), r.context(), r.constraints(),
                r.expected(), r.workspace(),
                r.acceptance(), r.network(), r.envelope(), r.priority(), r.orderingKey(), r.after(), r.deadline(), r.labels());
    }
}
