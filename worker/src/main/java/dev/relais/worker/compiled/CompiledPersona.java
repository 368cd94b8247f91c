package dev.relais.worker.compiled;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.topic.Topics;
import dev.relais.worker.persona.Finding;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Repair;
import dev.relais.worker.persona.RouteTable;

/**
 * A persona as the worker will run it. Two copies of one persona differ in {@code file}, {@code source}, {@code repairs}, {@code warnings} and
 * {@code findings} at most.
 *
 * @param language in which Relais speaks to it, as fr or en
 * @param hash of the repaired text, as every event carries it
 * @param banner what every reply begins with, line by line
 * @param block the deliverable block, line by line
 * @param rules of its prose, in the file's order
 */
@JsonPropertyOrder({"name", "description", "language", "hash", "model", "tools", "banner", "block", "validation", "statuses",
        "routes",
        "handOff", "rules", "file", "source", "repairs", "warnings", "findings"})
public record CompiledPersona(String name, String description, String language, String hash, String model, ToolPolicy tools,
        List<String> banner,
        List<String> block, Validation validation, List<StatusForm> statuses, List<Route> routes, HandOff handOff,
        List<ProseRule> rules, String file, Source source, List<Repair> repairs, List<String> warnings, List<Finding> findings) {
    /** Every persona has it beside its own. */
    private static final String ESCALATE = "Escalate";

    public CompiledPersona {
        banner = List.copyOf(banner);
        block = List.copyOf(block);
        statuses = List.copyOf(statuses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        repairs = List.copyOf(repairs);
        warnings = List.copyOf(warnings);
        findings = List.copyOf(findings);
    }

    /**
     * @param commands patterns of which each part of a Bash command must match one; empty where any command will do
     * @param added what the worker gives it beside its own
     */
    public record ToolPolicy(List<String> tools, List<String> commands, List<String> added) {
        public ToolPolicy {
            tools = List.copyOf(tools);
            commands = List.copyOf(commands);
            added = List.copyOf(added);
        }
    }

    /** @param request what the persona asks after its block in mode 1 */
    public record Validation(String request, List<Mode> modes) {
        public Validation {
            modes = List.copyOf(modes);
        }
    }

    /** @param text as the file says it, or the empty text */
    public record Mode(int mode, String text, String effect) {}

    public record Route(String situation, List<Receiver> to) {
        public Route {
            to = List.copyOf(to);
        }
    }

    /**
     * @param topic where the escalation arrives as a record
     * @param known whether the agent is in the registry, so that somebody plays it
     */
    public record Receiver(AgentName agent, String topic, boolean known) {}

    /**
     * Where the persona is to run.
     *
     * @param registry every agent that exists, whoever plays it (rule 9)
     */
    public record Surroundings(Topics topics, List<AgentName> registry) {
        public Surroundings {
            registry = List.copyOf(registry);
        }

        Receiver receiver(AgentName agent) {
            return new Receiver(agent, topics.inbox(agent), registry.contains(agent));
        }
    }

    /** A file as it lies there. */
    public record Source(long bytes, String sha256) {}

    /** What is read beside the persona itself. */
    public record Reading(String file, Source source, List<Repair> repairs, List<Finding> findings) {
        public Reading {
            repairs = List.copyOf(repairs);
            findings = List.copyOf(findings);
        }
    }

    public static CompiledPersona of(Persona persona, Reading reading, Surroundings surroundings) {
        Prose prose = Prose.of(persona.systemText());
        List<Route> routes = persona.routes().rows().stream().map(row -> route(row, surroundings)).toList();
        return new CompiledPersona(persona.name(), persona.description(), persona.language().tag(), persona.hash(),
                persona.model(),
                new ToolPolicy(persona.tools(), persona.commands(), List.of(ESCALATE)), persona.banner().lines().toList(),
                persona.blockForm().lines().toList(), new Validation(persona.validationRequest(), ModeReader.modes(prose)),
                StatusForm.of(persona.blockForm(), prose), routes, HandOff.of(prose), ProseRule.of(prose), reading.file(),
                reading.source(), reading.repairs(), persona.warnings(), reading.findings());
    }

    private static Route route(RouteTable.Row row, Surroundings surroundings) {
        return new Route(row.situation(), row.receivers().stream().map(surroundings::receiver).toList());
    }
}
