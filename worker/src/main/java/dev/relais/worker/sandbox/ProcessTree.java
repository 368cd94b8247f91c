package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every process that a command started: its descendants, its session's members, and those that left both but carry its mark in their environment, or
 * run in one of its directories (servers overwrite their environment with a title). A process that leaves all of these on purpose is beyond what can
 * be done without a process namespace.
 */
final class ProcessTree {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Path PROC = Path.of("/proc");
    /** Killing races with forking; a fork bomb dies within a few rounds, since what is killed forks no more. */
    private static final int ROUNDS = 500;
    /** A process that is replacing its program has no environment for some milliseconds: it is looked at again. */
    private static final int UNCLEAR_ROUNDS = 50;
    /** While /proc is listed, a process that forks and ends may be gone already and its child not listed yet: none was found only when it is so again. */
    private static final int EMPTY_ROUNDS = 3;
    private static final long PAUSE_NANOS = 2_000_000;

    private final ProcessHandle leader;
    private final Traces traces;
    private final Set<Long> known = new HashSet<>();

    /**
     * What tells a command's processes from others.
     *
     * @param mark as {@code NAME=value} in the environment of all
     * @param directories of this command alone
     * @param since when the command began; {@link ProcessStat#now}
     */
    record Traces(String mark, List<Path> directories, long since) {
        Traces {
            directories = List.copyOf(directories);
        }
    }

    private enum Kin {
        OURS,
        UNCLEAR,
        FOREIGN
    }

    /** @param leader of the command's session */
    ProcessTree(ProcessHandle leader, Traces traces) {
        this.leader = leader;
        this.traces = traces;
    }

    /** Kills until nothing is left. */
    void kill() {
        leader.descendants().forEach(process -> known.add(process.pid()));
        leader.destroyForcibly();
        int unclear = 0;
        int empty = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Map<Kin, Set<ProcessHandle>> found = found();
            Set<ProcessHandle> ours = found.getOrDefault(Kin.OURS, Set.of());
            boolean mayBeMore = found.containsKey(Kin.UNCLEAR) && unclear++ < UNCLEAR_ROUNDS;
            empty = ours.isEmpty() ? empty + 1 : 0;
            if (empty >= EMPTY_ROUNDS && !mayBeMore) {
                return;
            }
            ours.forEach(process -> {
                process.descendants().forEach(child -> known.add(child.pid()));
                process.destroyForcibly();
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        LOG.warn("processes of a command could not be killed: {}", found().get(Kin.OURS));
    }

    private Map<Kin, Set<ProcessHandle>> found() {
        var found = new EnumMap<Kin, Set<ProcessHandle>>(Kin.class);
        known.forEach(pid -> ProcessHandle.of(pid).filter(ProcessTree::isLiving)
                .ifPresent(process -> found.computeIfAbsent(Kin.OURS, _ -> new HashSet<>()).add(process)));
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Kin kin = kin(process);
                if (kin != Kin.FOREIGN) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(handle -> found.computeIfAbsent(kin, _ -> new HashSet<>()).add(handle));
                }
            }
        } catch (IOException e) {
            LOG.warn("the processes of this machine cannot be listed", e);
        }
        return found;
    }

    private Kin kin(Path process) {
        ProcessStat stat = ProcessStat.of(process);
        if (!stat.isLiving() || stat.started() < traces.since()) {
            return Kin.FOREIGN;
        }
        if (stat.session() == leader.pid() || isInOurDirectory(process)) {
            return Kin.OURS;
        }
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            if (environment.contains(traces.mark())) {
                return Kin.OURS;
            }
            return environment.isEmpty() && !stat.isOfTheKernel() ? Kin.UNCLEAR : Kin.FOREIGN;
        } catch (IOException e) {
            // Gone, or another user's.
            return Kin.FOREIGN;
        }
    }

    private boolean isInOurDirectory(Path process) {
        try {
            Path directory = Files.readSymbolicLink(process.resolve("cwd"));
            return traces.directories().stream().anyMatch(directory::startsWith);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isLiving(ProcessHandle process) {
        return process.isAlive()
                && (!Files.isDirectory(PROC) || ProcessStat.of(PROC.resolve(String.valueOf(process.pid()))).isLiving());
    }
}
