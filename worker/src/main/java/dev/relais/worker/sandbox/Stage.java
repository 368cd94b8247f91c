package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where folders lie for bwrap. A command's user may not walk through the worker's own directories (a home is closed to others), so for a root
 * worker such a folder is bound, in a mount namespace of the command's own, onto an empty directory that everybody may walk to.
 */
final class Stage {
    private static final Path STAGE = Path.of("/run/relais-sandbox");
    private static final int WALK = 0001;

    private final RunAs runAs;
    private int count;

    Stage(RunAs runAs) {
        this.runAs = runAs;
    }

    /** Where the worker keeps what all its commands see. */
    static Path shared(RunAs runAs, Path own) {
        return runAs instanceof RunAs.Itself ? own : STAGE;
    }

    Path bind(Path folder, Entrance entrance) throws IOException {
        if (runAs instanceof RunAs.Itself || isOpenToAll(folder.getParent())) {
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

    /** Two programs less to start for each command: {@code unshare} and {@code mount}. */
    private static boolean isOpenToAll(@Nullable Path directory) throws IOException {
        for (Path each = directory; each != null; each = each.getParent()) {
            if (((int) Files.getAttribute(each, "unix:mode") & WALK) == 0) {
                return false;
            }
        }
        return true;
    }
}
