package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

import dev.relais.worker.workspace.Workspace;

/** A path of the model's, looked at. */
sealed interface WorkspaceFile {
    /** Beyond this a file is nothing to hold in memory for a model. */
    long LARGEST = 32L << 20;

    /** @param path within the workspace */
    record Present(Path real, String path, Content content) implements WorkspaceFile {
        String seenAs() {
            return Workspace.SEEN_AS + "/" + path;
        }
    }

    /** A regular file beyond {@link #LARGEST}. */
    record Large(Path real, String path, long size) implements WorkspaceFile {
        String seenAs() {
            return Workspace.SEEN_AS + "/" + path;
        }

        /** Where the whole of it would be needed. */
        String tooLarge() {
            return seenAs() + " is too large (" + (size >> 20) + " MiB, at most " + (LARGEST >> 20)
                    + "). Change it with Bash, e.g. sed -i.";
        }
    }

    record Absent(Path real, String path) implements WorkspaceFile {
        String seenAs() {
            return Workspace.SEEN_AS + "/" + path;
        }
    }

    /** @param text for the model */
    record Unusable(String text) implements WorkspaceFile {}

    /** @throws InterruptedException where the run was stopped meanwhile */
    static WorkspaceFile at(Workspace workspace, String path) throws InterruptedException {
        return switch (workspace.resolve(path)) {
            case Workspace.Resolved.Outside outside -> new Unusable(outside.reason());
            case Workspace.Resolved.Inside inside -> look(inside.real(), inside.relative());
        };
    }

    private static WorkspaceFile look(Path real, String path) throws InterruptedException {
        String seenAs = Workspace.SEEN_AS + "/" + path;
        try {
            if (Files.isDirectory(real)) {
                return new Unusable("EISDIR: illegal operation on a directory: " + seenAs + ". List it with Glob.");
            }
            if (!Files.exists(real)) {
                return new Absent(real, path);
            }
            if (!Files.isRegularFile(real)) {
                return new Unusable(seenAs + " is no regular file but " + kind(real) + ": it can be neither read nor written.");
            }
            long size = Files.size(real);
            return size > LARGEST ? new Large(real, path, size) : new Present(real, path, new Content(bytes(real)));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("stopped while a file was read").initCause(e);
        } catch (AccessDeniedException e) {
            return new Unusable("EACCES: permission denied: " + seenAs + ". Its mode forbids it; Bash may change that (chmod).");
        } catch (IOException e) {
            return new Unusable(seenAs + " cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    /** No more than may be held, even where the file grows meanwhile. */
    private static byte[] bytes(Path real) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(real,
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            var buffer = ByteBuffer.allocate((int) Math.min(channel.size(), LARGEST));
            int read;
            do {
                read = channel.read(buffer);
            } while (read >= 0 && buffer.hasRemaining());
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private static String kind(Path real) throws IOException {
        return Files.getAttribute(real, "unix:mode") instanceof Integer mode ? switch (mode & 0170000) {
            case 0010000 -> "a named pipe";
            case 0140000 -> "a socket";
            case 0020000, 0060000 -> "a device";
            default -> "of another kind";
        } : "of another kind";
    }
}
