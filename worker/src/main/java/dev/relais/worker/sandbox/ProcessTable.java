package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's processes, looked at once for all commands that ask within a moment. */
final class ProcessTable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTable.class);
    private static final Path PROC = Path.of("/proc");
    private static final Duration FRESH = Duration.ofMillis(50);
    private static final long PAGE = page();

    private Map<Long, List<Seen>> children = Map.of();
    private long lookedAt = System.nanoTime() - FRESH.toNanos() - 1;

    private record Seen(long pid, ProcessStat stat) {}

    /**
     * What the descendants of a process use together.
     *
     * @param processes and threads
     * @param resident bytes, those that several processes share counted once for each
     */
    record Use(int processes, long resident, List<Long> pids) {
        Use {
            pids = List.copyOf(pids);
        }

        /** Shared memory is divided among its users here; slower, for those whose plain sum is over a limit. */
        long proportional() {
            return pids.stream().mapToLong(ProcessTable::proportional).sum();
        }
    }

    Use below(long root) {
        Map<Long, List<Seen>> all = children();
        int processes = 0;
        long resident = 0;
        var pids = new ArrayList<Long>();
        Deque<Long> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            for (Seen each : all.getOrDefault(left.poll(), List.of())) {
                processes += each.stat().threads();
                resident += each.stat().resident() * PAGE;
                pids.add(each.pid());
                left.add(each.pid());
            }
        }
        return new Use(processes, resident, pids);
    }

    private synchronized Map<Long, List<Seen>> children() {
        if (System.nanoTime() - lookedAt > FRESH.toNanos()) {
            children = look();
            lookedAt = System.nanoTime();
        }
        return children;
    }

    private static Map<Long, List<Seen>> look() {
        var children = new HashMap<Long, List<Seen>>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                ProcessStat stat = ProcessStat.of(process);
                children.computeIfAbsent(stat.parent(), _ -> new ArrayList<>())
                        .add(new Seen(Long.parseLong(process.getFileName().toString()), stat));
            }
        } catch (IOException e) {
            LOG.warn("the processes of this machine cannot be listed", e);
        }
        return children;
    }

    private static long proportional(long pid) {
        return kib(PROC.resolve(pid + "/smaps_rollup"), "Pss:");
    }

    private static long page() {
        return Math.max(4096, kib(PROC.resolve("self/smaps"), "KernelPageSize:"));
    }

    /** In bytes; 0 where the process is gone. */
    private static long kib(Path file, String name) {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
