package dev.relais.deploy.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long a verb waits. */
final class Patience {
    private final InstantSource time;
    private final Instant start;
    private final Duration most;

    Patience(InstantSource time, Duration most) {
        this.time = time;
        this.start = time.instant();
        this.most = most;
    }

    boolean isOver() {
        return waited().compareTo(most) >= 0;
    }

    Duration waited() {
        return Duration.between(start, time.instant());
    }

    Duration most() {
        return most;
    }
}
