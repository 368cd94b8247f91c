package dev.relais.deploy.bench;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * What of a JVM's heap is in use behind a full collection, by {@code jcmd}. Resident memory says little of it: a JVM takes what it may before it collects
 * what is old.
 */
final class LiveHeap {
    /** As the serial collector of JDK 25 tells of each generation; its spaces name no bytes in use, and metaspace is no heap. */
    private static final Pattern USED = Pattern.compile("^ *(?:DefNew|Tenured) +total \\d+K, used (\\d+)K", Pattern.MULTILINE);
    private static final long KIB = 1024;

    private LiveHeap() {}

    static long bytes(long pid) throws IOException {
        Jcmd.ask(pid, "GC.run");
        String info = Jcmd.ask(pid, "GC.heap_info");
        long bytes = bytes(info);
        if (bytes == 0) {
            throw new IOException("jcmd tells nothing of the heap of " + pid + ": " + info);
        }
        return bytes;
    }

    /** @param info what {@code GC.heap_info} tells */
    static long bytes(String info) {
        return USED.matcher(info).results().mapToLong(found -> Long.parseLong(found.group(1)) * KIB).sum();
    }
}
