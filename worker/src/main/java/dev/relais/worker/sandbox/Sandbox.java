package dev.relais.worker.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/** Runs one shell command of a model's. When it returns, or throws, no process of the command is left. */
public interface Sandbox {
    /** @throws InterruptedException where the run is stopped */
    Ended run(Command command) throws InterruptedException;

    /** What a model must know of the place where its commands run, in whole sentences. */
    default String place() {
        return "Use relative paths, or \"$WORKSPACE\", the workspace's top.";
    }

    /** The same place for tasks that may use the network. */
    default Sandbox toNetwork() {
        return this;
    }

    /**
     * @param script for bash
     * @param root of the workspace, the only directory that is the command's own
     * @param start within {@code root}
     * @param timeout after which the command is killed
     */
    record Command(String script, Path root, Path start, Duration timeout) {}

    /** How it ended, with what it wrote to standard output and error in the order in which it came. */
    sealed interface Ended {
        record Exited(int code, Output output) implements Ended {}

        record TimedOut(Output output) implements Ended {}

        /** Killed for what it used. */
        record OverLimit(Excess excess, Output output) implements Ended {}

        /** @param reason instructive to a model and to an operator */
        record Refused(String reason) implements Ended {}
    }

    /**
     * A limit that was passed.
     *
     * @param seen what was in use when it was noticed
     * @param held what noticed it: {@code cgroup} or {@code watchdog}
     */
    record Excess(Resource resource, long most, long seen, String held) {
        public enum Resource {
            MEMORY,
            PROCESSES,
            DISK,
            OUTPUT
        }

        /** For the model. */
        public String told() {
            return switch (resource) {
                case MEMORY -> "its processes used more than " + mib(most) + " of memory";
                case PROCESSES -> "it had more than " + most + " processes and threads";
                case DISK -> "the workspace grew over " + mib(most) + " (RELAIS_WORKSPACE_QUOTA)";
                case OUTPUT -> "it wrote more than " + mib(most) + " of output";
            };
        }

        private static String mib(long bytes) {
            return (bytes >> 20) + " MiB";
        }
    }

    /**
     * @param text at most {@link #KEPT_BYTES} of it; the workspace's real path reads {@code /workspace} in it
     * @param droppedBytes what came after these
     */
    record Output(String text, long droppedBytes) {
        public static final int KEPT_BYTES = 8 << 20;
    }
}
