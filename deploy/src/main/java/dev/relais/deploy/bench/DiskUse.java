package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/** What lies below a directory while others write there. */
final class DiskUse {
    private DiskUse() {}

    /** The length of all its files; what vanishes meanwhile does not count, and a directory that does not exist is empty. */
    static long bytes(Path directory) throws IOException {
        var sum = new Sum();
        Files.walkFileTree(directory, sum);
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException vanished) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException vanished) {
            return FileVisitResult.CONTINUE;
        }
    }
}
