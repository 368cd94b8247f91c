package dev.relais.worker.compiled;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import dev.relais.worker.compiled.CompiledPersona.Reading;
import dev.relais.worker.compiled.CompiledPersona.Source;
import dev.relais.worker.compiled.CompiledPersona.Surroundings;
import dev.relais.worker.persona.Finding;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.persona.Repair;

/** A file's bytes into what the worker makes of them. */
public final class PersonaCompiler {
    private PersonaCompiler() {}

    public sealed interface Compilation {}

    public record Compiled(CompiledPersona persona) implements Compilation {}

    /** @param refused the first of the findings that are errors */
    public record NotCompiled(String file, Source source, PersonaFile.Refused refused, List<Repair> repairs,
            List<Finding> findings) implements Compilation {
        public NotCompiled {
            repairs = List.copyOf(repairs);
            findings = List.copyOf(findings);
        }
    }

    /** @param file its name, for the reader */
    public static Compilation compile(String file, byte[] bytes, Surroundings surroundings) {
        PersonaFile.Loaded loaded = PersonaFile.load(bytes);
        var source = new Source(bytes.length, sha256(bytes));
        return switch (loaded.reading()) {
            case PersonaFile.Parsed(Persona persona) -> new Compiled(CompiledPersona.of(persona,
                    new Reading(file, source, loaded.repairs(), loaded.findings()), surroundings));
            case PersonaFile.Refused refused -> new NotCompiled(file, source, refused, loaded.repairs(), loaded.findings());
        };
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
