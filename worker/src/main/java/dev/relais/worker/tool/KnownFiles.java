package dev.relais.worker.tool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.relais.schemas.event.JournalEntry.FileSeen;

/** Which files the conversation has seen, with their content's hash then: read-before-edit and "changed since" are decided from these (rule 4). */
public record KnownFiles(Map<String, FileSeen> byPath) {
    /** {@link FileSeen#access}: the model has seen the whole content. */
    public static final String READ = "read";
    /** The model has seen a part, which is no ground for overwriting the rest. */
    public static final String PARTIAL = "partial";
    /** The model wrote the content, and so knows it. */
    public static final String WRITTEN = "written";

    public static final KnownFiles NONE = new KnownFiles(Map.of());

    public KnownFiles {
        byPath = Map.copyOf(byPath);
    }

    /** @param path within the workspace, '/' between names */
    public Optional<FileSeen> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** A partial look never takes away that a file was seen whole. */
    public KnownFiles and(List<FileSeen> seen) {
        if (seen.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(byPath);
        seen.forEach(file -> all.merge(file.path(), file, KnownFiles::stronger));
        return new KnownFiles(all);
    }

    private static FileSeen stronger(FileSeen before, FileSeen now) {
        return now.access().equals(PARTIAL) && before.hash() != null ? before : now;
    }
}
