package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.relais.worker.sandbox.Sandbox.Excess;
import dev.relais.worker.sandbox.Sandbox.Excess.Resource;

/** Looks every tenth of a second at what one command uses, and finds what is too much: what a cgroup does not hold, or where there is none. */
final class Watchdog {
    static final long EVERY_MILLIS = 100;
    static final String NAME = "watchdog";
    /** The first process inside is bwrap's. */
    private static final int OF_THE_WALLS = 1;
    /** The workspace is measured when the disk lost this part of the limit since it was measured last. */
    private static final int PART = 4;

    private final Limits limits;
    private final Path workspace;
    private final ProcessTable processes;
    private final boolean isAccounted;
    private final long freeAtStart;
    private long freeWhenMeasured;
    private long looks;
    private long measureAt = 10;

    /** @param isAccounted whether a cgroup holds memory and processes */
    Watchdog(Limits limits, Path workspace, ProcessTable processes, boolean isAccounted) {
        this.limits = limits;
        this.workspace = workspace;
        this.processes = processes;
        this.isAccounted = isAccounted;
        this.freeAtStart = free();
        this.freeWhenMeasured = freeAtStart;
    }

    /**
     * @param init the first process inside, as seen from outside; 0 while it is not known
     * @param written bytes of output
     */
    Optional<Excess> look(long init, long written) {
        looks++;
        if (written > limits.output()) {
            return Optional.of(new Excess(Resource.OUTPUT, limits.output(), written, NAME));
        }
        return inProcesses(init).or(() -> onDisk(init));
    }

    private Optional<Excess> inProcesses(long init) {
        if (isAccounted || init == 0) {
            return Optional.empty();
        }
        ProcessTable.Use use = processes.below(init);
        if (use.processes() > limits.processes() + OF_THE_WALLS) {
            return Optional.of(new Excess(Resource.PROCESSES, limits.processes(), use.processes(), NAME));
        }
        if (use.resident() <= limits.memory()) {
            return Optional.empty();
        }
        long memory = use.proportional();
        return memory > limits.memory()
                ? Optional.of(new Excess(Resource.MEMORY, limits.memory(), memory, NAME))
                : Optional.empty();
    }

    /** Measuring reads the whole tree: it is done when the disk got fuller, and now and then, each time half as often. */
    private Optional<Excess> onDisk(long init) {
        long free = free();
        if (freeWhenMeasured - free < limits.disk() / PART && looks < measureAt) {
            return Optional.empty();
        }
        measureAt = looks < measureAt ? measureAt : measureAt * 2;
        freeWhenMeasured = free;
        DiskUse use = DiskUse.of(workspace, init == 0 ? Map.of() : OpenFiles.of(processes.below(init).pids()), limits.disk());
        // What cannot be looked at is at most what the file system lost meanwhile, to whomever.
        long held = use.isWhole() ? use.bytes() : Math.max(use.bytes(), freeAtStart - free);
        return held > limits.disk() ? Optional.of(new Excess(Resource.DISK, limits.disk(), held, NAME)) : Optional.empty();
    }

    private long free() {
        try {
            return Files.getFileStore(workspace).getUsableSpace();
        } catch (IOException e) {
            // The command took its directory away; what it has is measured now and then.
            return 0;
        }
    }
}
