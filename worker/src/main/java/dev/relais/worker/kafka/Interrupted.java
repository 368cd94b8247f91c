package dev.relais.worker.kafka;

import org.apache.kafka.common.errors.InterruptException;

/** Kafka's clients tell an interrupt by an unchecked exception of their own, and set the thread's flag again. */
final class Interrupted {
    private Interrupted() {}

    /** The same as the rest of the worker knows it; the flag is cleared, as that one's throwers do. */
    static InterruptedException of(InterruptException e) {
        Thread.interrupted();
        return (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    }
}
