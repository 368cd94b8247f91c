package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a file or directory readable for a moment where its mode forbids that even to its owner. */
final class OpenedUp implements AutoCloseable {
    private static final int READ_FILE = 0400;
    private static final int READ_DIRECTORY = 0500;

    private final Path file;
    private final int mode;
    private final boolean opened;

    OpenedUp(Path file, FileStat stat) throws IOException {
        int needed = stat.isDirectory() ? READ_DIRECTORY : READ_FILE;
        this.file = file;
        this.mode = stat.permissions();
        this.opened = (mode & needed) != needed;
        if (opened) {
            Files.setAttribute(file, "unix:mode", mode | needed);
        }
    }

    @Override
    public void close() throws IOException {
        if (opened) {
            Files.setAttribute(file, "unix:mode", mode);
        }
    }
}
