package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Writes a little to the data directory, all the way to the disk, and starts git. */
public final class DiskAndGit implements MachineProbe {
    /** Less may lie in blocks that are reserved or cached. */
    private static final int BYTES = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Path dataDir;
    private final Git git = new Git(LONGEST);

    public DiskAndGit(Path dataDir) {
        this.dataDir = dataDir;
    }

    @Override
    public Probe probe() {
        try {
            Path file = Files.createTempFile(dataDir, "probe-", ".tmp");
            try {
                write(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return new Probe.Failed(dataDir + " cannot be written (" + e + "); free space there, or set RELAIS_DATA_DIR");
        }
        try {
            return switch (git.local(dataDir, "--version")) {
                case Git.Ended.Fine _ -> new Probe.Passed();
                case Git.Ended.Failed failed -> new Probe.Failed("git does not work here: " + failed.complaint());
            };
        } catch (UncheckedIOException e) {
            return new Probe.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
