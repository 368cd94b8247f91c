package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.relais.schemas.event.WorkerId;

/** Which workers of this machine live: each holds a lock on a file of its own, and the system takes the lock away with the process. */
final class Presence {
    /** Of this process. To open such a file once more and close it would give its lock away. */
    private static final Map<Path, FileLock> HELD = new ConcurrentHashMap<>();

    private final Path directory;

    Presence(Path directory) {
        this.directory = directory;
    }

    /** Whether a worker lives. */
    enum Life {
        LIVES,
        DIED,
        /** It never said that it lived. */
        UNKNOWN
    }

    void announce(WorkerId worker) throws IOException {
        Files.createDirectories(directory);
        try {
            HELD.computeIfAbsent(file(PathNames.of(worker.value())), Presence::locked);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static FileLock locked(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name {@link PathNames#of(String)} of its id */
    Life of(String name) throws IOException {
        Path file = file(name);
        if (HELD.containsKey(file)) {
            return Life.LIVES;
        }
        if (!Files.exists(file)) {
            return Life.UNKNOWN;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock == null ? Life.LIVES : Life.DIED;
        }
    }

    /** Of one that died and left nothing more. */
    void forget(String name) throws IOException {
        if (of(name) == Life.DIED) {
            Files.deleteIfExists(file(name));
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
