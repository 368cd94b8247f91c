package dev.relais.worker.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a command's workspace holds.
 *
 * @param bytes of content that was seen
 * @param isWhole false where something could not be looked at: a directory that the command closed, or a path that is too long
 */
record DiskUse(long bytes, boolean isWhole) {
    /**
     * What vanishes meanwhile counts nothing.
     *
     * @param open bytes of the files that the command's processes hold open, by file key
     * @param most more than this need not be counted
     */
    static DiskUse of(Path workspace, Map<Object, Long> open, long most) {
        var walk = new Walk(open, most);
        try {
            Files.walkFileTree(workspace, walk);
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace cannot be measured", e);
        }
        long unreached = walk.unreached.values().stream().mapToLong(Long::longValue).sum();
        return new DiskUse(walk.bytes + unreached, walk.isWhole);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Map<Object, Long> unreached;
        private final long most;
        private long bytes;
        private boolean isWhole = true;

        private Walk(Map<Object, Long> open, long most) {
            this.unreached = new HashMap<>(open);
            this.most = most;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            unreached.remove(attributes.fileKey());
            return bytes > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            isWhole &= failure instanceof NoSuchFileException || failure instanceof NotDirectoryException;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, failure);
        }
    }
}
