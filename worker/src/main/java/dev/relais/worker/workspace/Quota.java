package dev.relais.worker.workspace;

/**
 * How much of a workspace is kept.
 *
 * @param bytes of all files together, as their sizes say: a file with holes counts whole
 * @param entries files and directories
 */
public record Quota(long bytes, int entries) {
    /** What any machine and remote bears; far more than a repository with its installed dependencies has. */
    public static final int ENTRIES = 500_000;

    static final long PLENTY = 4L << 30;

    public static Quota ofBytes(long bytes) {
        return new Quota(bytes, ENTRIES);
    }

    static String mebibytes(long bytes) {
        return ((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }
}
