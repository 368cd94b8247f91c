package dev.relais.coordinator.validation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;

/** Whether a well-formed request can be taken: a known agent, and only fields whose effect is built. Nothing is ignored silently. */
public final class RequestRule {
    private static final int MOST_COMMANDS = 20;
    private static final int LONGEST_COMMAND = 4_000;

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
        if (problem(request) instanceof Problem.Found(String detail, String where)) {
            return new Taken.Refused("invalid", detail, where);
        }
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

    private sealed interface Problem {
        record None() implements Problem {}

        record Found(String detail, String where) implements Problem {}
    }

    private static Problem problem(TaskRequested request) {
        String network = request.network();
        if (isBlank(request.request())) {
            return new Problem.Found("request is empty; say in prose what is wanted", "/request");
        }
        if (isOutside(request.mode(), 1, 3)) {
            return new Problem.Found("mode is 1, 2 or 3, not " + request.mode(), "/mode");
        }
        if (isOutside(request.priority(), 0, 9)) {
            return new Problem.Found("priority is 0 to 9, not " + request.priority(), "/priority");
        }
        if (network != null && !network.equals("none") && !network.equals("open")) {
            return new Problem.Found("network is none or open, not \"" + network + "\"", "/network");
        }
        if (request.acceptance().size() > MOST_COMMANDS || request.acceptance().stream().anyMatch(RequestRule::isNoCommand)) {
            return new Problem.Found(
                    "acceptance holds at most " + MOST_COMMANDS + " shell commands, none of them empty or longer than "
                            + LONGEST_COMMAND + " characters",
                    "/acceptance");
        }
        return request.envelope() == null ? new Problem.None() : problem(request.envelope());
    }

    private static boolean isNoCommand(String command) {
        return isBlank(command) || command.length() > LONGEST_COMMAND || command.indexOf('\0') >= 0;
    }

    private static Problem problem(Envelope envelope) {
        if (isOutside(envelope.turns(), 1, Integer.MAX_VALUE)) {
            return new Problem.Found("envelope.turns is at least 1, not " + envelope.turns(), "/envelope/turns");
        }
        if (envelope.wall() != null && !envelope.wall().isPositive()) {
            return new Problem.Found("envelope.wall is longer than nothing, not " + envelope.wall(), "/envelope/wall");
        }
        return new Problem.None();
    }

    // The text comes from JSON, which may leave it out whatever the record promises.
    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static boolean isOutside(@Nullable Integer number, int least, int most) {
        return number != null && (number < least || number > most);
    }

    private static List<String> unsupported(TaskRequested request) {
        var pointers = new ArrayList<String>();
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
