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

    /**
     * A folder as the operator names it, and where it lies: commands see what is there, whatever it is called.
     *
     * @param real without links; the name itself where there is none
     */
    record Folder(Path name, Path real) {}

    /**
     * @param dataDir as the operator names it, and where it lies
     * @return what is wrong with one of them, instructive to an operator
     */
    static Optional<String> problem(List<Folder> folders, Folder dataDir) {
        for (Folder folder : folders) {
            Path normal = folder.name().normalize();
            if (!folder.name().isAbsolute()) {
                return Optional.of("RELAIS_SANDBOX_READ: " + folder.name() + " is not an absolute path");
            }
            if (isWithinOrAround(normal, dataDir.name()) || isWithinOrAround(folder.real(), dataDir.real())) {
                return Optional.of("RELAIS_SANDBOX_READ: " + told(folder) + " would show the data directory " + dataDir.name()
                        + " with every task's files; name folders beside it");
            }
            if (TAKEN.stream().anyMatch(taken -> isWithinOrAround(normal, taken) || isWithinOrAround(folder.real(), taken))) {
                return Optional.of("RELAIS_SANDBOX_READ: " + told(folder) + " cannot be shown; name a toolchain or a cache");
            }
        }
        return Optional.empty();
    }

    private static boolean isWithinOrAround(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static String told(Folder folder) {
        return folder.real().equals(folder.name().normalize())
                ? folder.name().toString()
                : folder.name() + " (" + folder.real() + ")";
    }
}
