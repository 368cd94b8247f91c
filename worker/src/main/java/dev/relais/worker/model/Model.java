package dev.relais.worker.model;

/** A language model. Retries and limits are behind it; what comes back is final. */
public interface Model {
    /** @throws InterruptedException where the run is stopped while it waits */
    Answer ask(Prompt prompt) throws InterruptedException;
}
