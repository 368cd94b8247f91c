package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.relais.worker.workspace.Workspace;

/** A path of the model's, looked at. */
sealed interface WorkspaceFile {
    /** Beyond this a file is nothing to read into memory for a model. */
    long LARGEST = 32L << 20;

    /** @param path within the workspace */
    record Present(Path real, String path, Content content) implements WorkspaceFile {
        String seenAs() {
            return Workspace.SEEN_AS + "/" + path;
        }
    }

    record Absent(Path real, String path) implements WorkspaceFile {
        String seenAs() {
            return Workspace.SEEN_AS + "/" + path;
        }
    }

    /** @param text for the model */
    record Unusable(String text) implements WorkspaceFile {}

    static WorkspaceFile at(Workspace workspace, String path) {
        return switch (workspace.resolve(path)) {
            case Workspace.Resolved.Outside outside -> new Unusable(outside.reason());
            case Workspace.Resolved.Inside inside -> look(inside.real(), inside.relative());
        };
    }

    private static WorkspaceFile look(Path real, String path) {
        String seenAs = Workspace.SEEN_AS + "/" + path;
        try {
            if (Files.isDirectory(real)) {
                return new Unusable("EISDIR: illegal operation on a directory: " + seenAs + ". List it with Glob.");
            }
            if (!Files.exists(real)) {
                return new Absent(real, path);
            }
            if (!Files.isRegularFile(real)) {
                return new Unusable(seenAs + " is no regular file.");
            }
            if (Files.size(real) > LARGEST) {
                return new Unusable(seenAs + " is too large (" + (Files.size(real) >> 20)
                        + " MiB). Look at a part of it with Grep, or with Bash: sed -n.");
            }
            return new Present(real, path, new Content(Files.readAllBytes(real)));
        } catch (IOException e) {
            return new Unusable(seenAs + " cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }
}
