package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every process that a command started: its descendants, its session's members, and those that left both but still carry its mark in their
 * environment. A process that leaves all three on purpose is beyond what can be done without a process namespace.
 */
final class ProcessTree {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Path PROC = Path.of("/proc");
    /** Killing races with forking; a fork bomb dies within a few rounds, since what is killed forks no more. */
    private static final int ROUNDS = 500;
    private static final long PAUSE_NANOS = 2_000_000;

    private final ProcessHandle leader;
    private final byte[] mark;
    private final Set<Long> known = new HashSet<>();

    /**
     * @param leader of the command's session
     * @param mark as {@code NAME=value} in the environment of all
     */
    ProcessTree(ProcessHandle leader, String mark) {
        this.leader = leader;
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
    }

    /** Kills until nothing is left. */
    void kill() {
        leader.descendants().forEach(process -> known.add(process.pid()));
        leader.destroyForcibly();
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessHandle> living = living();
            if (living.isEmpty()) {
                return;
            }
            living.forEach(process -> {
                process.descendants().forEach(child -> known.add(child.pid()));
                process.destroyForcibly();
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        LOG.warn("processes of a command could not be killed: {}", living());
    }

    private Set<ProcessHandle> living() {
        var living = new HashSet<ProcessHandle>();
        known.forEach(pid -> ProcessHandle.of(pid).filter(ProcessTree::isLiving).ifPresent(living::add));
        if (!Files.isDirectory(PROC)) {
            return living;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (isOurs(process)) {
                    ProcessHandle.of(pid).filter(ProcessTree::isLiving).ifPresent(living::add);
                }
            }
        } catch (IOException e) {
            LOG.warn("the processes of this machine cannot be listed", e);
        }
        return living;
    }

    private boolean isOurs(Path process) {
        String[] fields = afterName(read(process.resolve("stat")));
        boolean inSession = fields.length > 3 && fields[3].equals(String.valueOf(leader.pid()));
        return inSession || contains(read(process.resolve("environ")), mark);
    }

    /** A zombie holds nothing but its number until its parent asks for it. */
    private static boolean isLiving(ProcessHandle process) {
        String[] fields = afterName(read(PROC.resolve(String.valueOf(process.pid())).resolve("stat")));
        return process.isAlive() && (fields.length == 0 || !(fields[0].equals("Z") || fields[0].equals("X")));
    }

    /** State, parent, group, session, …: a name may contain blanks and parentheses. */
    private static String[] afterName(byte[] stat) {
        String text = new String(stat, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf(')');
        return end < 0 ? new String[0] : text.substring(end + 2).split(" ", -1);
    }

    /** @return empty where the process is gone, or another user's */
    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        return new String(text, StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }
}
