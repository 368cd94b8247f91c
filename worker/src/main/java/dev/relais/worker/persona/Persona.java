package dev.relais.worker.persona;

import java.util.List;

/**
 * A persona, ready to run.
 *
 * @param language of its text
 * @param tools those of {@link ToolList#KNOWN} that it may use, in that order
 * @param commands patterns of which each part of a Bash command must match one; empty where any command will do
 * @param model a full model id; aliases are resolved
 * @param systemText the file's body, with the default display protocol appended where the body has none; {@link SystemPrompt} adds the surroundings
 * @param text the whole file as it was hashed: repaired, with LF line ends and no byte order mark. A frame carries it, and {@link PersonaFile#parse} reads it back to an
 *     equal persona
 * @param hash sha256 in hex over {@code text} in UTF-8
 * @param routes whom the persona asks in which situation, by its own table
 * @param banner what every reply begins with, as the persona's own file gives it
 * @param blockForm the deliverable block to fill in, which ends every reply, as the persona's own file gives it
 * @param validationRequest what it asks after the block in mode 1
 * @param warnings what was left out or looks wrong, one line each, for the operator
 */
public record Persona(String name, String description, Language language, List<String> tools, List<String> commands, String model,
        String systemText,
        String text, String hash, RouteTable routes, String banner, String blockForm, String validationRequest,
        List<String> warnings) {
    public Persona {
        tools = List.copyOf(tools);
        commands = List.copyOf(commands);
        warnings = List.copyOf(warnings);
    }
}
