package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Asks for the stats of a tree's entries, directory by directory. Names are raw, see {@link FileNames}. */
sealed interface Stats extends AutoCloseable permits Stats.ByJava, Statx {
    /** What Linux takes as one path, its end included. */
    int LONGEST_PATH = 4096;

    /** From now on names are looked up in this directory of the present one. */
    void enter(String name) throws TooMuch;

    void leave();

    /** Whether the whole path is one that Linux takes: where not, nothing can have been written there. */
    boolean fits(String name);

    /** @return empty where there is no such entry any more, or cannot be one of this name */
    Optional<FileStat> of(String name) throws IOException, TooMuch;

    @Override
    void close();

    /** The fastest that this machine has. */
    static Stats at(Path root) {
        return Statx.AVAILABLE ? new Statx(root) : new ByJava(root);
    }

    /** Where there is nothing better: twice as slow. */
    final class ByJava implements Stats {
        private final Deque<Path> directories = new ArrayDeque<>();

        ByJava(Path root) {
            directories.push(root);
        }

        @Override
        public void enter(String name) throws TooMuch {
            directories.push(child(name));
        }

        @Override
        public void leave() {
            directories.pop();
        }

        @Override
        public Optional<FileStat> of(String name) throws IOException, TooMuch {
            Path file = child(name);
            try {
                return Optional.of(FileStat.of(file));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (FileSystemException e) {
                if (isListed(name)) {
                    throw e;
                }
                return Optional.empty();
            }
        }

        /** Java has no codes for what the system says, and its words are of the user's language: a name that is too long stands in no listing. */
        private boolean isListed(String name) throws IOException {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directories.element())) {
                for (Path entry : entries) {
                    if (FileNames.raw(entry).equals(name)) {
                        return true;
                    }
                }
                return false;
            } catch (NoSuchFileException | NotDirectoryException e) {
                return false;
            }
        }

        @Override
        public boolean fits(String name) {
            return FileNames.length(directories.element()) + name.length() + 2 <= LONGEST_PATH;
        }

        private Path child(String name) throws TooMuch {
            if (!fits(name)) {
                throw TooMuch.deep();
            }
            return FileNames.child(directories.element(), name);
        }

        @Override
        public void close() {
            directories.clear();
        }
    }
}
