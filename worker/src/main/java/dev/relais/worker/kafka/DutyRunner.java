package dev.relais.worker.kafka;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads a duty. An error is logged and the duty goes on after a pause: a worker whose broker is away waits for it. */
final class DutyRunner {
    private static final Logger LOG = LoggerFactory.getLogger(DutyRunner.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Duty duty;
    private final Thread thread;
    private volatile boolean closing;

    private DutyRunner(Duty duty) {
        this.duty = duty;
        this.thread = Thread.ofPlatform().name("relais-" + duty.roleName()).daemon().unstarted(this::run);
    }

    static DutyRunner start(Duty duty) {
        var runner = new DutyRunner(duty);
        runner.thread.start();
        return runner;
    }

    private void run() {
        try {
            while (!closing) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        try {
            duty.doWork();
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (RuntimeException e) {
            LOG.error("{} failed and goes on", duty.roleName(), e);
            Thread.sleep(PAUSE);
        }
    }

    /** Lets the round in hand end, then interrupts it. */
    public void close() throws InterruptedException {
        closing = true;
        if (!thread.join(LEAVE)) {
            thread.interrupt();
            thread.join(LEAVE);
        }
    }
}
