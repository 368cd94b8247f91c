package dev.relais.worker.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import dev.relais.worker.workspace.Workspace;

/**
 * A tool's output that is too long for the conversation, whole, as a file of the workspace: in snapshots, never in the deliverable. It is named by
 * its content: a turn that runs again after a crash writes the same file and says the same.
 */
public sealed interface SavedOutput {
    /** @param path as the model sees it */
    record Saved(String path) implements SavedOutput {}

    record Lost(String reason) implements SavedOutput {}

    static SavedOutput save(Workspace workspace, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String path = Workspace.SEEN_AS + "/.relais/output/" + ContentHash.of(bytes).substring(0, 16) + ".txt";
        return switch (workspace.resolve(path)) {
            case Workspace.Resolved.Inside inside -> write(workspace, inside.real(), bytes, path);
            case Workspace.Resolved.Outside outside -> new Lost(outside.reason());
        };
    }

    private static SavedOutput write(Workspace workspace, Path file, byte[] bytes, String path) {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new Lost(path + " is no regular file");
            }
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } finally {
                workspace.madeByATool(file);
            }
            return new Saved(path);
        } catch (IOException e) {
            return new Lost(String.valueOf(e.getMessage()));
        }
    }
}
