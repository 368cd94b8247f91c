package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cgroup of one command; in version 1 a directory in each controller's tree. */
final class CommandCgroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandCgroup.class);
    /** bwrap itself: outside, and as the first process inside. */
    private static final int OF_THE_WALLS = 4;
    private static final int ROUNDS = 1_000;
    private static final long PAUSE_NANOS = 2_000_000;

    private final Cgroups.Version version;
    private final List<Path> directories;

    private CommandCgroup(Cgroups.Version version, List<Path> directories) {
        this.version = version;
        this.directories = directories;
    }

    /** @param directories that do not exist yet; memory's first */
    static CommandCgroup make(Cgroups.Version version, List<Path> directories, Limits limits) throws IOException {
        var made = new ArrayList<Path>();
        try {
            for (Path directory : directories) {
                made.add(Files.createDirectory(directory));
            }
            var cgroup = new CommandCgroup(version, directories);
            cgroup.limit(limits);
            return cgroup;
        } catch (IOException e) {
            // What was there already is another's, with its processes.
            new CommandCgroup(version, made).close();
            throw e;
        }
    }

    private void limit(Limits limits) throws IOException {
        String memory = String.valueOf(limits.memory());
        boolean isOne = version == Cgroups.Version.ONE;
        Cgroups.write(directories.getFirst().resolve(isOne ? "memory.limit_in_bytes" : "memory.max"), memory);
        Cgroups.write(directories.getLast().resolve("pids.max"), String.valueOf(limits.processes() + OF_THE_WALLS));
        Path swap = directories.getFirst().resolve(isOne ? "memory.memsw.limit_in_bytes" : "memory.swap.max");
        if (Files.exists(swap)) {
            Cgroups.write(swap, isOne ? memory : "0");
        }
    }

    /**
     * A process that writes 0 into each of these belongs to the command. In version 1 it moves only itself that way ({@code tasks}), for which the
     * kernel need not wait until no process of the machine is being made: ten milliseconds.
     */
    List<Path> entries() {
        String name = version == Cgroups.Version.ONE ? "tasks" : "cgroup.procs";
        return directories.stream().map(directory -> directory.resolve(name)).toList();
    }

    /** How many processes the kernel killed for want of memory. */
    long killedForMemory() {
        Path events = directories.getFirst()
                .resolve(version == Cgroups.Version.ONE ? "memory.oom_control" : "memory.events");
        try {
            return Files.readAllLines(events, StandardCharsets.UTF_8).stream().filter(line -> line.startsWith("oom_kill "))
                    .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip())).sum();
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} does not tell of kills", events, e);
            return 0;
        }
    }

    private List<String> processes(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("cgroup.procs"), StandardCharsets.UTF_8);
    }

    /** Kills what is left in it, and removes it. */
    @Override
    public void close() {
        for (Path directory : directories) {
            for (int round = 0; Files.exists(directory) && !isRemoved(directory); round++) {
                if (round == ROUNDS) {
                    LOG.warn("the cgroup {} cannot be removed", directory);
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean isRemoved(Path directory) {
        try {
            for (String process : processes(directory)) {
                ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
            }
            return directory.toFile().delete();
        } catch (IOException e) {
            return directory.toFile().delete() || !Files.exists(directory);
        }
    }
}
