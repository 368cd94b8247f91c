package dev.relais.worker.persona;

import java.util.List;
import java.util.stream.Stream;

import dev.relais.schemas.event.AgentName;

/** Personas for tests. */
public final class Personas {
    private Personas() {}

    public static Persona shipped() {
        return parsed(PersonaFile.shipped());
    }

    public static Persona parsed(String text) {
        return switch (PersonaFile.parse(text)) {
            case PersonaFile.Parsed(Persona persona) -> persona;
            case PersonaFile.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    static PersonaFile.Refused refused(String text) {
        return switch (PersonaFile.parse(text)) {
            case PersonaFile.Parsed(Persona persona) -> throw new AssertionError("read as " + persona);
            case PersonaFile.Refused refused -> refused;
        };
    }

    /** A persona with these lines as its front matter, besides name and description. */
    static String file(String... fields) {
        return "---\nname: tester\ndescription: Tests things.\n"
                + Stream.of(fields).map(field -> field + "\n").reduce("", String::concat)
                + "---\nYou test.\n";
    }

    public static List<AgentName> agents(String... names) {
        return Stream.of(names).map(AgentName::new).toList();
    }
}
