package dev.relais.worker.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which folders an operator may show to commands. */
final class ReadFoldersRule {
    /** The walls put their own there, or what lies there is nobody's to read. */
    private static final List<Path> TAKEN = List.of(Path.of("/proc"), Path.of("/dev"), Path.of("/tmp"), Path.of("/workspace"),
            Path.of("/sys"), Path.of("/run"));

    private ReadFoldersRule() {}

    /** @return what is wrong with one of them, instructive to an operator */
    static Optional<String> problem(List<Path> folders, Path dataDir) {
        Path data = dataDir.toAbsolutePath().normalize();
        for (Path folder : folders) {
            Path normal = folder.normalize();
            if (!folder.isAbsolute()) {
                return Optional.of("RELAIS_SANDBOX_READ: " + folder + " is not an absolute path");
            }
            if (data.startsWith(normal) || normal.startsWith(data)) {
                return Optional.of("RELAIS_SANDBOX_READ: " + folder + " would show the data directory " + data
                        + " with every task's files; name folders beside it");
            }
            if (TAKEN.stream().anyMatch(taken -> normal.startsWith(taken) || taken.startsWith(normal))) {
                return Optional.of("RELAIS_SANDBOX_READ: " + folder + " cannot be shown; name a toolchain or a cache");
            }
        }
        return Optional.empty();
    }
}
