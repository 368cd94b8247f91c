package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Makes a file or directory readable for a moment where its mode forbids that even to its owner. Whatever lies below a directory is within reach as long
 * as it is held open only: not even a stat of it can be had afterwards.
 */
final class OpenedUp implements AutoCloseable {
    private static final int READ_FILE = 0400;
    private static final int READ_DIRECTORY = 0500;

    private final Path file;
    private final int mode;
    private final boolean opened;

    /** @param stat from before it was opened */
    OpenedUp(Path file, FileStat stat) throws IOException {
        int needed = stat.isDirectory() ? READ_DIRECTORY : READ_FILE;
        this.file = file;
        this.mode = stat.permissions();
        this.opened = (mode & needed) != needed;
        if (opened) {
            set(mode | needed);
        }
    }

    /**
     * The directory at a raw path below another one.
     *
     * @param path raw
     */
    static OpenedUp below(Path root, String path, FileStat stat) throws IOException {
        // A path is worth making only where it is needed: there are 50,000 of them.
        return new OpenedUp((stat.permissions() & READ_DIRECTORY) == READ_DIRECTORY ? root : FileNames.below(root, path), stat);
    }

    @Override
    public void close() throws IOException {
        if (opened) {
            set(mode);
        }
    }

    private void set(int bits) throws IOException {
        try {
            Files.setAttribute(file, "unix:mode", bits);
        } catch (NoSuchFileException e) {
            // Taken away by a process that outlived its command: whoever reads it finds that out.
            return;
        }
    }
}
