package dev.relais.worker.persona;

import java.util.ArrayList;

import dev.relais.worker.workspace.Workspace;

/** The persona's system text and, below it, what it must know of the place where it works. The same for every task: the frozen prefix of the cache. */
public final class SystemPrompt {
    /** The tool by which a persona asks another agent; every persona has it. */
    private static final String ESCALATE = "Escalate";

    private SystemPrompt() {}

    public static String of(Persona persona) {
        return persona.systemText().strip() + "\n\n" + surroundings(persona);
    }

    private static String surroundings(Persona persona) {
        Language language = persona.language();
        var tools = new ArrayList<>(persona.tools());
        tools.add(ESCALATE);
        var lines = new ArrayList<String>();
        lines.add(language.say(Phrase.SURROUNDINGS));
        lines.add(language.say(Phrase.PLACE, Workspace.SEEN_AS));
        lines.add(language.say(Phrase.TOOLS, String.join(", ", tools)));
        if (persona.tools().contains("Bash")) {
            lines.add(language.say(Phrase.PROCESSES));
        }
        if (!persona.commands().isEmpty()) {
            lines.add(language.say(Phrase.COMMANDS, String.join(" ; ", persona.commands())));
        }
        lines.add(language.say(Phrase.ALONE, ESCALATE));
        lines.add(language.say(persona.routes().rows().isEmpty() ? Phrase.ESCALATE : Phrase.ESCALATE_BY_TABLE, ESCALATE));
        lines.add(language.say(Phrase.FOUR_POINTS));
        lines.add(language.say(Phrase.FINAL_REPLY, Workspace.SEEN_AS));
        return String.join("\n", lines) + "\n";
    }
}
