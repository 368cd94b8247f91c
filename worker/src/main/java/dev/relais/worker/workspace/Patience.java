package dev.relais.worker.workspace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks a remote that is away again, with growing pauses, until a minute is over (rule 6). */
final class Patience {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration whole;
    private final InstantSource clock;

    Patience(Duration whole, InstantSource clock) {
        this.whole = whole;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws Workspace.Unreachable where every answer was that the remote is away */
    Git.Ended ask(String what, Supplier<Git.Ended> command) {
        Instant end = clock.instant().plus(whole);
        Duration pause = Duration.ofMillis(500);
        while (true) {
            Git.Ended ended = command.get();
            if (!(ended instanceof Git.Ended.Failed failed) || failed.failure() != GitFailureRule.Failure.AWAY) {
                return ended;
            }
            if (!clock.instant().plus(pause).isBefore(end)) {
                throw new Workspace.Unreachable(what + " is away: " + failed.complaint(), null);
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static void pause(Duration pause) {
        try {
            boolean released = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
            assert !released : "nobody counts down";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Workspace.Stopped("stopped while a git remote was away", e);
        }
    }
}
