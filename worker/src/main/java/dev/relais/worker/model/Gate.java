package dev.relais.worker.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many calls the model takes now: a value, changed by what calls come to. An overload halves the calls in flight and closes
 * the gate for a while, each good call lets one more in.
 *
 * @param most calls in flight while nothing is wrong
 * @param limit calls in flight now
 * @param strikes overloads in a row
 * @param struckAt the last of them
 * @param openAt nobody enters before
 */
record Gate(int most, int limit, int inFlight, int strikes, Instant struckAt, Instant openAt) {
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int DOUBLINGS = 10;

    static Gate open(int most) {
        return new Gate(most, most, 0, 0, Instant.EPOCH, Instant.EPOCH);
    }

    Entry enter(Instant now) {
        if (now.isBefore(openAt)) {
            return new Entry.Closed(Duration.between(now, openAt));
        }
        return inFlight < limit
                ? new Entry.Admitted(new Gate(most, limit, inFlight + 1, strikes, struckAt, openAt))
                : new Entry.Full();
    }

    /** A call ended without a word about load: well or with a fault of its own. */
    Gate left(boolean well) {
        return new Gate(most, well ? Math.min(most, limit + 1) : limit, Math.max(0, inFlight - 1), well ? 0 : strikes, struckAt,
                openAt);
    }

    /**
     * A call was turned away with 429 or 529.
     *
     * @param entered when that call entered: of calls in flight together only the first to be turned away is a strike
     */
    Gate overloaded(Instant entered, Instant now, Optional<Duration> retryAfter) {
        var isNew = entered.isAfter(struckAt);
        var count = isNew ? strikes + 1 : strikes;
        var wait = retryAfter.orElseGet(() -> isNew ? backoff(count) : Duration.ZERO);
        var until = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        return new Gate(most, isNew ? Math.max(1, limit / 2) : limit, Math.max(0, inFlight - 1), count, isNew ? now : struckAt,
                until.isAfter(openAt) ? until : openAt);
    }

    private static Duration backoff(int strikes) {
        return FIRST_WAIT.multipliedBy(1L << Math.min(strikes - 1, DOUBLINGS));
    }

    sealed interface Entry {
        record Admitted(Gate next) implements Entry {}

        /** Until a call leaves. */
        record Full() implements Entry {}

        record Closed(Duration left) implements Entry {}
    }
}
