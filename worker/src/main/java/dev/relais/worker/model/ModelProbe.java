package dev.relais.worker.model;

/** Asks whether the model would take work again, after it refused the worker ({@code WORKER_REFUSED}). */
public interface ModelProbe {
    /**
     * One cheap call, without retry.
     *
     * @param model the one that is to be asked for next
     */
    Probe probe(String model) throws InterruptedException;

    sealed interface Probe {
        record Passed() implements Probe {}

        /** The worker's own trouble goes on: key, bill, permission, spend limit, wrong address. */
        record Refused(String detail) implements Probe {}

        /** Nothing known: try again later. */
        record Away(String detail) implements Probe {}
    }
}
