package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
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

    /** @return empty where there is no such entry any more */
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
            try {
                return Optional.of(FileStat.of(child(name)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        private Path child(String name) throws TooMuch {
            Path directory = directories.element();
            if (FileNames.length(directory) + name.length() + 2 > LONGEST_PATH) {
                throw TooMuch.deep();
            }
            return FileNames.child(directory, name);
        }

        @Override
        public void close() {
            directories.clear();
        }
    }
}
