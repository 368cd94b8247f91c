package dev.relais.worker.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.setting.Settings;

/** Beats once a tick into every journal partition, and knows since when it could not. */
public final class Heartbeat implements Duty {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int LEASE_TICKS = 10;
    /** Ticks count from half an interval on, so ten of them may take less than ten intervals. */
    private static final int SURE_TICKS = 7;

    private final KafkaJournal journal;
    private final ActiveRuns runs;
    private final List<AgentName> agents;
    private final int partitions;
    private final Duration tick;
    private final InstantSource clock;
    private final BooleanSupplier accepts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Instant written;
    private boolean everWritten;

    /** How long a worker may be silent. */
    public static Duration lease(Duration tick) {
        return tick.multipliedBy(LEASE_TICKS);
    }

    /** @param accepts whether the worker takes new work; where not, its beats name no free slot */
    public Heartbeat(Settings settings, KafkaJournal journal, ActiveRuns runs, InstantSource clock, BooleanSupplier accepts) {
        this.journal = journal;
        this.runs = runs;
        this.agents = settings.agents();
        this.partitions = settings.partitions();
        this.tick = settings.tick();
        this.clock = clock;
        this.accepts = accepts;
        this.written = clock.instant();
    }

    @Override
    public Duration doWork() {
        Instant start = clock.instant();
        beat();
        Duration rest = tick.minus(Duration.between(start, clock.instant()));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private void beat() {
        Instant sent = clock.instant();
        int free = accepts.getAsBoolean() ? runs.free() : 0;
        var acks = new CompletableFuture<?>[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            acks[partition] = journal.beat(partition, new Beat(agents, runs.capacity(), free, runs.named(partition)));
        }
        var _ = CompletableFuture.allOf(acks).whenComplete((_, error) -> {
            if (error == null) {
                wrote(sent);
            } else {
                LOG.warn("A beat was not written: {}", String.valueOf(error.getCause()));
            }
        });
    }

    private void wrote(Instant sent) {
        lock.lock();
        try {
            if (!isSure()) {
                runs.doubtAll();
            }
            // A time that is still to come is of a clock that was set back since.
            if (sent.isAfter(written) || written.isAfter(clock.instant())) {
                written = sent;
            }
            everWritten = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a beat was written well within a lease time: before that, another worker may own what this one thinks it owns (rule 3). */
    public void awaitWritable() throws InterruptedException {
        lock.lock();
        try {
            while (!isSure()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From when a beat was sent, not from when it was acknowledged: it stood in the journal somewhere between. */
    private boolean isSure() {
        return isYounger(tick.multipliedBy(SURE_TICKS));
    }

    /** Whichever way: how long ago it was is not known of a clock that was set back. */
    private boolean isYounger(Duration most) {
        return Duration.between(written, clock.instant()).abs().compareTo(most) < 0;
    }

    /** Whether the broker takes this worker's beats. */
    public boolean isHeard() {
        lock.lock();
        try {
            return everWritten && isYounger(lease(tick));
        } finally {
            lock.unlock();
        }
    }

    /** @return whether a first beat was written before the time is over */
    public boolean awaitHeard(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (!everWritten && left > 0) {
                left = changed.awaitNanos(left);
            }
            return everWritten;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String roleName() {
        return "heartbeat";
    }
}
