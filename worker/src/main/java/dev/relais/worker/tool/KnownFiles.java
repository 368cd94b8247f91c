package dev.relais.worker.tool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.relais.schemas.event.JournalEntry.FileSeen;

/** Which files the conversation has seen, with their content's hash then: read-before-edit and "changed since" are decided from these (rule 4). */
public record KnownFiles(Map<String, FileSeen> byPath) {
    public static final KnownFiles NONE = new KnownFiles(Map.of());

    public KnownFiles {
        byPath = Map.copyOf(byPath);
    }

    /** @param path within the workspace, '/' between names */
    public Optional<FileSeen> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public KnownFiles and(List<FileSeen> seen) {
        if (seen.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(byPath);
        seen.forEach(file -> all.put(file.path(), file));
        return new KnownFiles(all);
    }
}
