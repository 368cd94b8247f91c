package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.RunKey;
import dev.relais.worker.journal.Questions;

/** One run while it lives. */
final class ActiveRun {
    private final RunKey key;
    private final int partition;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Questions questions;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private volatile Naming naming = Naming.NOT_YET;
    private volatile @Nullable Thread thread;

    /** Whether beats name it. */
    private enum Naming {
        NOT_YET,
        NAMED,
        NO_MORE
    }

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

    /** What waiting for a grant came to. */
    enum Wait {
        GRANTED,
        /** Its worker was silent, and no question has been asked since: no answer that may still come counts. */
        TO_ASK,
        UNANSWERED
    }

    ActiveRun(RunKey key, int partition, boolean waitsForGrant) {
        this.key = key;
        this.partition = partition;
        this.questions = waitsForGrant ? Questions.first() : Questions.none();
    }

    RunKey key() {
        return key;
    }

    int partition() {
        return partition;
    }

    /** From the moment its claim is sent until its last entry is. */
    boolean isNamed() {
        return naming == Naming.NAMED;
    }

    void name() {
        naming = Naming.NAMED;
    }

    /** Its last entry is with the producer, or it has none to write. */
    void unname() {
        naming = Naming.NO_MORE;
    }

    /** Whether nothing that comes now concerns it; before its claim is sent it is not named either. */
    boolean hasEnded() {
        return naming == Naming.NO_MORE;
    }

    /** @return the number of its last question, from 1; 0 where it has asked none */
    int asked() {
        return questions().asked();
    }

    /** @return the number of the question that it asks now */
    int asks() {
        return change(Questions::asks).asked();
    }

    /** @param question that the grant answers */
    void grant(int question) {
        change(before -> before.answered(question));
    }

    /** Its worker was silent for so long that it may have lost the run: it goes on only when it is granted anew. */
    void doubt() {
        change(Questions::doubted);
    }

    boolean isGranted() {
        return questions().isGranted();
    }

    private Questions questions() {
        return change(UnaryOperator.identity());
    }

    private Questions change(UnaryOperator<Questions> how) {
        lock.lock();
        try {
            questions = how.apply(questions);
            changed.signalAll();
            return questions;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is granted, or has to ask, at most so long. */
    Wait awaitGrant(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (!questions.isGranted() && !questions.isToAsk() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return questions.isGranted() ? Wait.GRANTED : questions.isToAsk() ? Wait.TO_ASK : Wait.UNANSWERED;
        } finally {
            lock.unlock();
        }
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
