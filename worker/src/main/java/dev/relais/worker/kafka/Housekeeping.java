package dev.relais.worker.kafka;

import java.time.Duration;

/** Has the disk swept, at the start and then each hour. */
public final class Housekeeping implements Duty {
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Runnable sweep;

    public Housekeeping(Runnable sweep) {
        this.sweep = sweep;
    }

    @Override
    public Duration doWork() {
        sweep.run();
        return PAUSE;
    }

    @Override
    public String roleName() {
        return "housekeeping";
    }
}
