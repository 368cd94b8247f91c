package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process used so far, as Linux accounts it; the clock of {@code /proc} has 100 ticks a second.
 *
 * @param compiling what of its CPU its JIT compilers used: most of a young JVM's, and none of an old one's
 */
record ProcessUse(Duration cpu, Duration compiling, long residentBytes, long peakBytes, int threads, int openFiles) {
    private static final long TICK_MILLIS = 10;
    private static final int UTIME = 11;
    /** As Linux cuts the names of C1's and C2's threads. */
    private static final String COMPILER = " CompilerThre)";
    private static final long KIB = 1024;

    static ProcessUse of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String status = Files.readString(process.resolve("status"));
        return new ProcessUse(cpu(Files.readString(process.resolve("stat"))), compiling(process), bytes(status, "VmRSS:"),
                bytes(status, "VmHWM:"),
                Math.toIntExact(number(status, "Threads:")), openFiles(process));
    }

    /** CPU without its compilers'. */
    Duration working() {
        return cpu.minus(compiling);
    }

    private static Duration compiling(Path process) throws IOException {
        var sum = Duration.ZERO;
        try (var threads = Files.list(process.resolve("task"))) {
            for (Path thread : threads.toList()) {
                sum = sum.plus(compilers(stat(thread)));
            }
        }
        return sum;
    }

    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException _) {
            // It has ended meanwhile: Linux says so in several ways.
            return "";
        }
    }

    /** @param stat of a thread; of one that compiles, its CPU counts */
    static Duration compilers(String stat) {
        return stat.contains(COMPILER) ? cpu(stat) : Duration.ZERO;
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
