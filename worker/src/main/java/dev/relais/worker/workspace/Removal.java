package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/** Removes a directory that a model's commands wrote: whatever its modes forbid, and without following a link. */
public final class Removal extends SimpleFileVisitor<Path> {
    private static final String TOO_LONG = "File name too long";

    private Removal() {}

    /** Does nothing where there is none. */
    public static void of(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new Removal());
        } catch (FileSystemException e) {
            if (!TOO_LONG.equals(e.getReason())) {
                throw e;
            }
            deep(directory);
        }
    }

    /** Nested deeper than a path may be long: rm goes from directory to directory instead. */
    private static void deep(Path directory) throws IOException {
        Process rm = new ProcessBuilder("rm", "-rf", "--", directory.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (rm.waitFor() != 0) {
                throw new IOException(directory + " could not be removed: rm ended with " + rm.exitValue());
            }
        } catch (InterruptedException e) {
            rm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new Workspace.Stopped("stopped while a directory was removed", e);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        Files.setAttribute(directory, "unix:mode", 0700);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    /** A directory that may not be entered: it is opened, and walked again. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (!(failure instanceof AccessDeniedException)) {
            throw failure;
        }
        Files.setAttribute(file, "unix:mode", 0700);
        Files.walkFileTree(file, new Removal());
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        Files.deleteIfExists(directory);
        return FileVisitResult.CONTINUE;
    }
}
