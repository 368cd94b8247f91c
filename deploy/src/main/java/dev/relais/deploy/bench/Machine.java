package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were measured on. */
public record Machine(int cores, String processor, double gib, long openFiles, String jdk, double busy) {
    private static final double KIB_PER_GIB = 1024.0 * 1024;

    public static Machine here() throws IOException {
        String memory = Files.readString(Path.of("/proc/meminfo"));
        String processors = Files.readString(Path.of("/proc/cpuinfo"));
        String limits = Files.readString(Path.of("/proc/self/limits"));
        String load = Files.readString(Path.of("/proc/loadavg"));
        return new Machine(Runtime.getRuntime().availableProcessors(), after(processors, "model name"),
                number(after(memory, "MemTotal")) / KIB_PER_GIB, openFiles(limits), Runtime.version().toString(),
                Double.parseDouble(load.split(" ", -1)[0]));
    }

    /** The soft limit. */
    static long openFiles(String limits) {
        return limits.lines().filter(line -> line.startsWith("Max open files")).findFirst()
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+", -1)[0])
                .map(text -> text.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(text)).orElse(0L);
    }

    private static String after(String text, String name) {
        return text.lines().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("?");
    }

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d cores (%s), %.0f GiB, nofile %d, JDK %s, load at the start %.1f", cores, processor,
                gib, openFiles, jdk, busy);
    }
}
