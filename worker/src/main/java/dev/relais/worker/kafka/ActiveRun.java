package dev.relais.worker.kafka;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.RunKey;

/** One run while it lives. */
final class ActiveRun {
    private final RunKey key;
    private final int partition;
    private final CountDownLatch granted;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private volatile boolean named;
    private volatile @Nullable Thread thread;

    /** Why a run is interrupted. */
    enum Stop {
        /** Its task was canceled: it writes nothing more. */
        CANCELED,
        /** It is not current any more: it writes nothing more. */
        FENCED,
        /** The worker leaves: it journals {@code yielded} (rule 6). */
        SHUTDOWN,
        /** The worker cannot work: it journals {@code yielded}. */
        WORKER_REFUSED
    }

    ActiveRun(RunKey key, int partition, boolean waitsForGrant) {
        this.key = key;
        this.partition = partition;
        this.granted = new CountDownLatch(waitsForGrant ? 1 : 0);
    }

    RunKey key() {
        return key;
    }

    int partition() {
        return partition;
    }

    /** From the ack of its claim until its last entry is sent. */
    boolean isNamed() {
        return named;
    }

    void name() {
        named = true;
    }

    void unname() {
        named = false;
    }

    void grant() {
        granted.countDown();
    }

    void awaitGrant() throws InterruptedException {
        granted.await();
    }

    /** Binds the thread that runs; a stop that came before interrupts it now. */
    void bind(Thread running) {
        thread = running;
        if (stop.get() != null) {
            running.interrupt();
        }
    }

    /** The first reason counts. */
    void stop(Stop why) {
        Thread running = thread;
        if (stop.compareAndSet(null, why) && running != null) {
            running.interrupt();
        }
    }

    @Nullable
    Stop stopped() {
        return stop.get();
    }
}
