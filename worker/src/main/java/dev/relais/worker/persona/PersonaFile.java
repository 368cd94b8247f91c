package dev.relais.worker.persona;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads a persona file: YAML front matter between two lines of three dashes, then the system prompt in Markdown. The format is that of Claude Code's
 * subagents. A file that cannot be used is refused with the place and what to write instead; nothing is left out without a warning.
 */
public final class PersonaFile {
    private PersonaFile() {}

    public sealed interface Reading {}

    public record Parsed(Persona persona) implements Reading {}

    /**
     * @param line in the file, from 1
     * @param column from 1
     * @param mend what to write instead
     */
    public record Refused(int line, int column, String problem, String mend) implements Reading {
        /** One line for a log or a terminal. */
        public String message() {
            return "line " + line + ", column " + column + ": " + problem + "; " + mend;
        }
    }

    /**
     * A file, read.
     *
     * @param repairs of its characters, before anything was read
     * @param findings all of them, where a refusal tells only the first
     */
    public record Loaded(Reading reading, List<Repair> repairs, List<Finding> findings) {
        public Loaded {
            repairs = List.copyOf(repairs);
            findings = List.copyOf(findings);
        }
    }

    /** Never throws: whatever the text is, it is a persona or the reason why it is none. */
    public static Reading parse(String text) {
        return loaded(FileText.of(text, new Effort()), new Effort()).reading();
    }

    /** A file as it lies on a disk, in whatever encoding. Never throws. */
    public static Loaded load(byte[] bytes) {
        return load(bytes, new Effort());
    }

    static Loaded load(byte[] bytes, Effort effort) {
        return loaded(FileText.of(bytes, effort), effort);
    }

    private static Loaded loaded(FileText file, Effort effort) {
        var findings = new Findings(effort);
        Reading reading = reading(file.text(), findings);
        return new Loaded(reading, file.repairs(), findings.all());
    }

    private static Reading reading(String plain, Findings findings) {
        FrontMatter matter = FrontMatter.read(plain, findings);
        Optional<PersonaFile.Refused> unreadable = findings.refusal();
        if (unreadable.isPresent()) {
            return unreadable.get();
        }
        Persona persona = persona(plain, matter, findings);
        Optional<PersonaFile.Refused> unusable = findings.refusal();
        return unusable.isPresent() ? unusable.get() : new Parsed(persona);
    }

    /** The text of the persona that the worker ships. */
    public static String shipped() {
        return Resource.text("backend-dev.md");
    }

    private static Persona persona(String plain, FrontMatter matter, Findings findings) {
        FieldRule.names(matter, findings);
        String name = FieldRule.name(matter, findings);
        String description = FieldRule.description(matter, findings);
        ToolList tools = ToolList.of(matter, findings);
        String model = ModelNames.shipped().resolve(matter, findings);
        RouteTable routes = RouteTable.read(matter.body(), findings);
        Language language = Language.of(plain);
        DisplayProtocol display = DisplayProtocol.of(matter.body(), name, language, findings);
        return new Persona(name, description, language, tools.tools(), tools.commands(), model, display.systemText(), plain,
                sha256(plain),
                routes, display.banner(),
                display.blockForm(), display.validationRequest(), findings.warnings());
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
