package dev.relais.worker.workspace;

/** Asks whether this machine can hold workspaces: after a run met an I/O error, is it the machine's or that run's own? */
@FunctionalInterface
public interface MachineProbe {
    Probe probe() throws InterruptedException;

    /** What it found. */
    sealed interface Probe {
        record Passed() implements Probe {}

        /** @param detail what does not work, and what to do about it */
        record Failed(String detail) implements Probe {}
    }
}
