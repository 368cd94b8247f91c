package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where folders lie for bwrap. A command's user may not walk through the worker's own directories (a home is closed to others), so for a root
 * worker each folder is bound, in a mount namespace of the command's own, onto an empty directory that everybody may walk to.
 */
final class Stage {
    private static final Path STAGE = Path.of("/run/relais-sandbox");

    private final RunAs runAs;
    private int count;

    Stage(RunAs runAs) {
        this.runAs = runAs;
    }

    Path bind(Path folder, Entrance entrance) throws IOException {
        if (runAs instanceof RunAs.Itself) {
            return folder;
        }
        Path place = STAGE.resolve(String.valueOf(count++));
        if (!Files.isDirectory(place)) {
            Files.createDirectories(place);
            Files.setAttribute(STAGE, "unix:mode", 0755);
            Files.setAttribute(place, "unix:mode", 0755);
        }
        entrance.bind(folder, place);
        return place;
    }
}
