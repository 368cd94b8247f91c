package dev.relais.worker.journal;

/** Awaited before each call, tool and push: a worker that cannot write to the journal, or may have lost the run, starts nothing new (rule 3). */
@FunctionalInterface
public interface Admission {
    /** Returns at once, or when the worker can write again and still owns the run. */
    void await() throws InterruptedException;
}
