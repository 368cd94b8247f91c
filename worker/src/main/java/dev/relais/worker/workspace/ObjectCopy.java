package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Copies a repository's objects. What is still being written, and what leads to other repositories' objects, stays behind. */
final class ObjectCopy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    private ObjectCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    static void between(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new ObjectCopy(from, to));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (directory.equals(from.resolve("info"))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(to.resolve(from.relativize(directory)));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && !file.getFileName().toString().startsWith("tmp_")) {
            Files.copy(file, to.resolve(from.relativize(file)));
        }
        return FileVisitResult.CONTINUE;
    }

    /** Taken away since it was listed: it was nobody's object. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (Files.exists(file)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }
}
