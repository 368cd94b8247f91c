package dev.relais.worker.model;

import java.time.Duration;

import dev.relais.worker.model.FailureClass.Retry;
import dev.relais.worker.model.FailureClass.RetryAfter;

/**
 * When a failed call is tried again.
 *
 * @param first the wait before the second attempt; it doubles from there
 * @param longest no wait is longer, whatever the server asks
 * @param patience how long the model may be away before the call gives up
 */
public record RetryRule(Duration first, Duration longest, Duration patience) {
    /** Half a second at first, a minute at most, for ten minutes. */
    public static final RetryRule STANDARD = new RetryRule(Duration.ofMillis(500), Duration.ofSeconds(60),
            Duration.ofMinutes(10));

    private static final int DOUBLINGS = 20;

    public RetryRule {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "waits grow from a first one above zero to the longest, within a patience of zero or more");
        }
    }

    /**
     * @param attempt how many attempts failed, from 1
     * @param away the time since the first of them failed
     * @param jitter from 0 to 1: how much of the quarter is taken off that keeps callers from coming back together
     */
    public Step next(FailureClass failure, int attempt, Duration away, double jitter) {
        return switch (failure) {
            case Retry _ -> within(away, backoff(attempt, jitter));
            // Never earlier than the server asked, so no jitter.
            case RetryAfter after -> within(away, shorter(after.asked(), longest));
            case FailureClass.ContextOverflow _,FailureClass.Refusal _,FailureClass.SpendLimit _,FailureClass.Fatal _ ->
                new Step.GiveUp(failure.failure());
        };
    }

    private Step within(Duration away, Duration wait) {
        return away.plus(wait).compareTo(patience) > 0 ? new Step.GiveUp(Answer.Failure.UNAVAILABLE) : new Step.Wait(wait);
    }

    private Duration backoff(int attempt, double jitter) {
        var full = shorter(first.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS)), longest);
        return Duration.ofNanos((long) (full.toNanos() * (1 - jitter / 4)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** What follows a failed attempt. */
    public sealed interface Step {
        record Wait(Duration duration) implements Step {}

        record GiveUp(Answer.Failure failure) implements Step {}
    }
}
