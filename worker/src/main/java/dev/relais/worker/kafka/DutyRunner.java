package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads a duty. An error is logged and the duty goes on after a pause: a worker whose broker is away waits for it. */
final class DutyRunner {
    private static final Logger LOG = LoggerFactory.getLogger(DutyRunner.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LEAVE = Duration.ofSeconds(3);

    private final Duty duty;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private DutyRunner(Duty duty) {
        this.duty = duty;
        this.thread = Thread.ofPlatform().name("relais-" + duty.roleName()).daemon().unstarted(this::run);
    }

    static DutyRunner start(Duty duty) {
        var runner = new DutyRunner(duty);
        runner.thread.start();
        return runner;
    }

    String roleName() {
        return duty.roleName();
    }

    /** Whether it goes on: an {@link Error} ends it, and with it the worker's health. */
    boolean isAlive() {
        return thread.isAlive() || closing.getCount() == 0;
    }

    private void run() {
        try {
            Duration rest = Duration.ZERO;
            while (!closing.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step() throws InterruptedException {
        try {
            return duty.doWork();
        } catch (InterruptException e) {
            throw Interrupted.of(e);
        } catch (RuntimeException e) {
            LOG.error("{} failed and goes on", duty.roleName(), e);
            return PAUSE;
        }
    }

    /** Lets the round in hand end, then interrupts it. */
    void close() throws InterruptedException {
        closing.countDown();
        if (!thread.join(LEAVE)) {
            thread.interrupt();
            thread.join(LEAVE);
        }
    }
}
