package dev.relais.worker.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The one gate through which all runs of a worker call the model: where it turns one away, all wait. Safe for threads. */
public final class Limiter {
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Gate gate;

    /** @param most calls in flight at a time */
    public Limiter(int most, InstantSource clock) {
        if (most < 1) {
            throw new IllegalArgumentException("a limiter lets at least one call in, not " + most);
        }
        this.clock = clock;
        this.gate = Gate.open(most);
    }

    /**
     * Waits for a place.
     *
     * @param atMost how long
     */
    public Entry enter(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = atMost.toNanos();;) {
                var entry = gate.enter(clock.instant());
                if (entry instanceof Gate.Entry.Admitted admitted) {
                    gate = admitted.next();
                    // One wakes the next while there is room, so that a leaving call need not wake all who wait.
                    changed.signal();
                    return new Entry.Pass(this, clock.instant());
                }
                if (left <= 0) {
                    return new Entry.TurnedAway();
                }
                var part = Math.min(left, untilNextLook(entry));
                left -= part - changed.awaitNanos(part);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many calls may be in flight now; for metrics. */
    public int limit() {
        lock.lock();
        try {
            return gate.limit();
        } finally {
            lock.unlock();
        }
    }

    private static long untilNextLook(Gate.Entry entry) {
        return switch (entry) {
            case Gate.Entry.Closed closed -> Math.max(closed.left().toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
            case Gate.Entry.Full _,Gate.Entry.Admitted _ -> Long.MAX_VALUE;
        };
    }

    private void leave(UnaryOperator<Gate> change) {
        lock.lock();
        try {
            gate = change.apply(gate);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a call may be made. */
    public sealed interface Entry {
        /** A place in flight; the first way in which it is left counts. */
        final class Pass implements Entry {
            private final Limiter limiter;
            private final Instant entered;

            private final AtomicBoolean left = new AtomicBoolean();

            private Pass(Limiter limiter, Instant entered) {
                this.limiter = limiter;
                this.entered = entered;
            }

            public void leaveWell() {
                leaveOnce(gate -> gate.left(true));
            }

            /** The call failed, or was stopped, and that says nothing about load. */
            public void leave() {
                leaveOnce(gate -> gate.left(false));
            }

            public void leaveOverloaded(Optional<Duration> retryAfter) {
                leaveOnce(gate -> gate.overloaded(entered, limiter.clock.instant(), retryAfter));
            }

            private void leaveOnce(UnaryOperator<Gate> change) {
                if (left.compareAndSet(false, true)) {
                    limiter.leave(change);
                }
            }
        }

        /** No place within the time. */
        record TurnedAway() implements Entry {}
    }
}
