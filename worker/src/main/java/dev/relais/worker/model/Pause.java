package dev.relais.worker.model;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait between two attempts; tests let it pass at once. */
@FunctionalInterface
public interface Pause {
    void await(Duration duration) throws InterruptedException;

    /** Waits in real time, and ends at once with the thread's interrupt. */
    static Pause real() {
        return duration -> new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
