package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what nobody comes back for: checkouts and scripts of dead processes, mirrors that no task has used for long, snapshots that no journal names any more.
 * Whatever fails is left for the next time.
 */
final class Sweep {
    /** The journal's own retention, and a day. */
    static final Duration SNAPSHOTS = Duration.ofDays(31);
    static final Duration MIRRORS = Duration.ofDays(30);
    /** A command's script is read as the command starts. */
    static final Duration SCRIPTS = Duration.ofHours(1);
    /** A worker of an older release does not say that it lives. */
    static final Duration STRANGERS = Duration.ofDays(7);
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Path dataDir;
    private final Presence presence;
    private final ExpiredRefs refs;

    Sweep(Path dataDir, Presence presence, ExpiredRefs refs) {
        this.dataDir = dataDir;
        this.presence = presence;
        this.refs = refs;
    }

    void run(Instant now) {
        attempt("checkouts", () -> checkouts(now));
        attempt("scripts", () -> scripts(now.minus(SCRIPTS)));
        attempt("mirrors", () -> mirrors(now));
        attempt("snapshots", () -> refs.remove(now.minus(SNAPSHOTS)));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void attempt(String what, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Old {} could not be cleared away; tried again in an hour: {}", what, e.toString());
        }
    }

    private void checkouts(Instant now) throws IOException {
        var gone = new TreeSet<String>();
        for (Path task : children(dataDir.resolve("workspaces"))) {
            for (Path run : children(task)) {
                String name = run.getFileName().toString();
                String worker = name.substring(name.indexOf('-') + 1);
                if (worker.endsWith(".stamp") || !Files.isDirectory(run)) {
                    continue;
                }
                switch (presence.of(worker)) {
                    case LIVES -> {
                    }
                    case DIED -> {
                        remove(run);
                        gone.add(worker);
                    }
                    case UNKNOWN -> {
                        if (isOlder(run, now.minus(STRANGERS))) {
                            remove(run);
                        }
                    }
                }
            }
            removeEmpty(task);
        }
        for (String worker : gone) {
            presence.forget(worker);
        }
    }

    private static void remove(Path run) throws IOException {
        LOG.info("Removing the checkout {} of a process that is gone", run);
        Removal.of(run);
    }

    private static void removeEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // A living worker's.
            return;
        }
    }

    /** Of workers that died while a command ran, or while they made what its walls stand on. */
    private void scripts(Instant before) throws IOException {
        for (Path file : children(dataDir.resolve("sandbox"))) {
            String name = file.getFileName().toString();
            if ((name.endsWith(".sh") || name.endsWith(".etc")) && isOlder(file, before)) {
                Removal.of(file);
            }
        }
    }

    private void mirrors(Instant now) throws IOException {
        for (Path mirror : children(dataDir.resolve("mirrors"))) {
            String name = mirror.getFileName().toString();
            if (!name.endsWith(".git")) {
                continue;
            }
            Path lock = mirror.resolveSibling(name + ".lock");
            if (!isOlder(Files.exists(lock) ? lock : mirror, now.minus(MIRRORS))) {
                continue;
            }
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.tryLock()) {
                if (held != null) {
                    LOG.info("Removing the mirror {}, unused for {} days", mirror, MIRRORS.toDays());
                    Removal.of(mirror);
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(than);
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
