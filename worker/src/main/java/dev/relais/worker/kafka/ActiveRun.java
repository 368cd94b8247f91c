package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.RunKey;

/** One run while it lives. */
final class ActiveRun {
    private final RunKey key;
    private final int partition;
    private volatile CountDownLatch granted;
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
        /** The worker's model refuses it: it journals {@code yielded}. */
        WORKER_REFUSED,
        /** The worker's machine lacks something: it journals {@code yielded}. */
        WORKER_FAULT;

        boolean isVoid() {
            return this == CANCELED || this == FENCED;
        }
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

    /** From the moment its claim is sent until its last entry is. */
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

    /** Its worker was silent for so long that it may have lost the run: it goes on only when it is granted anew. */
    void doubt() {
        if (isGranted()) {
            granted = new CountDownLatch(1);
        }
    }

    boolean isGranted() {
        return granted.getCount() == 0;
    }

    /** @return whether it is granted before the time is over */
    boolean awaitGrant(Duration most) throws InterruptedException {
        return granted.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Binds the thread that runs; a stop that came before interrupts it now. */
    void bind(Thread running) {
        thread = running;
        if (stop.get() != null) {
            running.interrupt();
        }
    }

    /** From now on a stop interrupts nothing: the run is writing its last entry. */
    void unbind() {
        thread = null;
    }

    /** The first reason counts, but that the run is not current any more outdoes the worker's own. */
    void stop(Stop why) {
        Stop before = stop.getAndUpdate(now -> now == null || why.isVoid() ? why : now);
        // Read after the reason is set: whoever binds later sees the reason, whoever bound before is seen here.
        Thread running = thread;
        if (before == null && running != null) {
            running.interrupt();
        }
    }

    /** Whether nothing may be written any more. */
    boolean isVoid() {
        Stop why = stop.get();
        return why != null && why.isVoid();
    }

    @Nullable
    Stop stopped() {
        return stop.get();
    }
}
