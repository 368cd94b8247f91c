package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

/**
 * Asks another agent. A turn's first valid call that blocks ends the run, and the answer becomes its result; one that does not block is sent before the
 * turn's calls run. The run loop sees to both, not this class.
 */
public final class EscalateTool implements Tool {
    public static final String NAME = "Escalate";

    private final Askable askable;

    public EscalateTool(Askable askable) {
        this.askable = askable;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return """
                Asks the agent that decides what you may not: a structuring database choice, a sensitive feature, an API contract that must \
                change, a performance that the architecture cannot reach. Who is asked follows from the situation, by your escalation \
                table. The work rests until the answer comes, which is this call's result; with blocking: false you go on with what does not \
                hang on it, and the answer comes as a message. Hand over the context in full: what is done, the precise obstacle, the \
                options with their trade-offs, the files concerned. One blocking escalation at a time.""";
    }

    @Override
    public JsonNode inputSchema() {
        JsonNode option = new InputSchema()
                .required("option", "string", "What could be done")
                .required("tradeoffs", "string", "What speaks for and against it")
                .build();
        return new InputSchema()
                .required("situation", "string", "The situation, in the words of your escalation table where it has them")
                .optional("to",
                        InputSchema.list("Whom to ask besides those whom the table names for the situation. There are: "
                                + askable.listed(), InputSchema.text()))
                .required("done", "string", "What has been done so far")
                .required("obstacle", "string", "The obstacle, precisely")
                .required("options", InputSchema.list("The options found, at least one", option))
                .required("files", InputSchema.list("The files concerned; empty where there are none", InputSchema.text()))
                .optional("blocking", "boolean", "Whether the work rests until the answer comes; default true")
                .build();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) {
        return switch (read(input, askable)) {
            case Escalation.Invalid invalid -> ToolResult.error(invalid.text());
            case Escalation.Valid valid when !valid.isBlocking() ->
                ToolResult.ok(
                        "The question was sent, once. Go on with what does not hang on it: the answer will come as a message.");
            case Escalation.Valid _ ->
                ToolResult.error("One escalation at a time: this one was not sent. Wait for the answer to the first,"
                        + " then escalate again if it is still needed.");
        };
    }

    /** Never throws, whatever the model wrote. */
    public static Escalation read(JsonNode input, Askable askable) {
        var faults = new ArrayList<String>();
        String situation = text(input, "situation", "the situation, in the words of the escalation table", faults);
        String done = text(input, "done", "what has been done so far", faults);
        String obstacle = text(input, "obstacle", "the precise obstacle", faults);
        List<EscalationRaised.Option> options = options(input.path("options"), faults);
        List<String> files = strings(input.path("files"));
        if (!input.path("files").isArray()) {
            faults.add("`files` (the files concerned, as a list of paths; [] where there are none)");
        }
        List<AgentName> to = receivers(input.path("to"), askable, faults);
        JsonNode blocking = input.path("blocking");
        if (!blocking.isMissingNode() && !blocking.isNull() && !blocking.isBoolean()) {
            faults.add("`blocking` (true or false; true where it is left out)");
        }
        if (!faults.isEmpty()) {
            return new Escalation.Invalid("The escalation was not sent. Missing, empty or wrong: "
                    + String.join("; ", faults) + ". Call Escalate again with all of it.");
        }
        return new Escalation.Valid(situation, to, done, obstacle, options, files,
                blocking.asBoolean(true));
    }

    private static String text(JsonNode input, String name, String meaning, List<String> faults) {
        String text = input.path(name).isTextual() ? input.path(name).asText().strip() : "";
        if (text.isEmpty()) {
            faults.add("`" + name + "` (" + meaning + ")");
        }
        return text;
    }

    private static List<AgentName> receivers(JsonNode input, Askable askable, List<String> faults) {
        var receivers = new ArrayList<AgentName>();
        var unknown = new ArrayList<String>();
        for (String name : strings(input)) {
            askable.named(name).ifPresentOrElse(receivers::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            faults.add("`to` (no agent is called " + String.join(", ", unknown) + "; there are " + askable.listed()
                    + "; leave it out, and your table decides)");
        }
        return receivers.stream().distinct().toList();
    }

    private static List<EscalationRaised.Option> options(JsonNode input, List<String> faults) {
        var options = new ArrayList<EscalationRaised.Option>();
        if (input instanceof ArrayNode array) {
            for (JsonNode each : array) {
                String option = each.path("option").asText("").strip();
                String tradeoffs = each.path("tradeoffs").asText("").strip();
                if (!(each instanceof ObjectNode) || option.isEmpty() || tradeoffs.isEmpty()) {
                    faults.add("`options[" + options.size() + "]` (each needs `option` and `tradeoffs`)");
                    return options;
                }
                options.add(new EscalationRaised.Option(option, tradeoffs));
            }
        }
        if (options.isEmpty()) {
            faults.add("`options` (at least one {option, tradeoffs})");
        }
        return options;
    }

    /** A single name where a list is asked for is a list of one. */
    private static List<String> strings(JsonNode input) {
        var strings = new ArrayList<String>();
        if (input.isTextual()) {
            strings.add(input.asText().strip());
        }
        input.forEach(each -> strings.add(each.asText("").strip()));
        return strings.stream().filter(each -> !each.isEmpty()).distinct().toList();
    }
}
