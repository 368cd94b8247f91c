package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process used so far, as Linux accounts it; the clock of {@code /proc} has 100 ticks a second. */
record ProcessUse(Duration cpu, long residentBytes, long peakBytes, int threads, int openFiles) {
    private static final long TICK_MILLIS = 10;
    private static final int UTIME = 11;
    private static final long KIB = 1024;

    static ProcessUse of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String status = Files.readString(process.resolve("status"));
        return new ProcessUse(cpu(Files.readString(process.resolve("stat"))), bytes(status, "VmRSS:"), bytes(status, "VmHWM:"),
                Math.toIntExact(number(status, "Threads:")), openFiles(process));
    }

    private static int openFiles(Path process) throws IOException {
        try (var files = Files.list(process.resolve("fd"))) {
            return Math.toIntExact(files.count());
        }
    }

    /** @param stat one line; the second field is a name in brackets that may hold anything */
    static Duration cpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    static long bytes(String status, String name) {
        return number(status, name) * KIB;
    }

    private static long number(String status, String name) {
        return status.lines().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElse(0L);
    }
}
