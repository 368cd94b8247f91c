package dev.relais.worker.sandbox;

import java.time.Duration;

/**
 * What one command may use, all its processes together unless said otherwise.
 *
 * @param memory bytes
 * @param processes threads count too
 * @param file bytes of one file
 * @param openFiles of one process
 * @param disk bytes that the workspace may hold
 * @param scratch bytes of {@code /tmp}, which are memory
 * @param output bytes written to standard output and error; 8 MiB of them are kept
 * @param cpu time of one process
 */
public record Limits(long memory, int processes, long file, int openFiles, long disk, long scratch, long output, Duration cpu) {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    /** Where no operator says it ({@code RELAIS_WORKSPACE_QUOTA}). */
    private static final long WORKSPACE = 4 * GIB;
    private static final long LEAST = 512 * MIB;

    /** @param machine bytes of memory that the machine has */
    public static Limits onMachineWith(long machine) {
        long memory = Math.max(LEAST, Math.min(4 * GIB, machine / 2));
        return new Limits(memory, 2_048, 4 * GIB, 4_096, WORKSPACE, Math.min(GIB, memory / 2), 256 * MIB, Duration.ofHours(1));
    }

    Limits withMemory(long bytes) {
        return new Limits(bytes, processes, file, openFiles, disk, Math.min(scratch, bytes), output, cpu);
    }

    Limits withProcesses(int most) {
        return new Limits(memory, most, file, openFiles, disk, scratch, output, cpu);
    }

    Limits withFile(long bytes) {
        return new Limits(memory, processes, bytes, openFiles, disk, scratch, output, cpu);
    }

    Limits withOpenFiles(int most) {
        return new Limits(memory, processes, file, most, disk, scratch, output, cpu);
    }

    Limits withDisk(long bytes) {
        return new Limits(memory, processes, file, openFiles, bytes, scratch, output, cpu);
    }

    Limits withScratch(long bytes) {
        return new Limits(memory, processes, file, openFiles, disk, bytes, output, cpu);
    }

    Limits withOutput(long bytes) {
        return new Limits(memory, processes, file, openFiles, disk, scratch, bytes, cpu);
    }

    Limits withCpu(Duration time) {
        return new Limits(memory, processes, file, openFiles, disk, scratch, output, time);
    }
}
