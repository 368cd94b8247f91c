package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** The seccomp program as a file, which is how bwrap reads it. */
final class Filters {
    private Filters() {}

    /**
     * @param directory of the worker's own
     * @return empty on an architecture whose system calls are not known here
     */
    static Optional<Path> file(Path directory, boolean isAccounted) throws IOException {
        Optional<byte[]> program = SeccompFilter.of(System.getProperty("os.arch", ""), isAccounted);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        // Named by its content: another release's program is another file.
        Path file = directory.resolve(Integer.toHexString(Arrays.hashCode(program.get())) + ".bpf");
        if (Files.exists(file)) {
            return Optional.of(file);
        }
        Path fresh = Files.write(directory.resolve(UUID.randomUUID() + ".bpf"), program.get());
        return Optional.of(Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE));
    }
}
