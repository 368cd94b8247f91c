package dev.relais.worker.model;

import java.time.Duration;

/** What a failed attempt means for the call. */
public sealed interface FailureClass {
    /** How the call ends where it is not, or no longer, tried again. */
    default Answer.Failure failure() {
        return switch (this) {
            case Retry _,RetryAfter _ -> Answer.Failure.UNAVAILABLE;
            case ContextOverflow _ -> Answer.Failure.CONTEXT_OVERFLOW;
            case Refusal _ -> Answer.Failure.REFUSAL;
            case SpendLimit _ -> Answer.Failure.WORKER_REFUSED;
            case Fatal fatal -> fatal.whose();
        };
    }

    /** Whom a wait concerns. */
    enum Reach {
        /** A fault of this call alone. */
        CALL,
        /** 429 and 529: whoever asks next is answered the same. */
        EVERYBODY
    }

    record Retry(Reach reach) implements FailureClass {}

    /** @param asked the wait that the server asks for, unbounded */
    record RetryAfter(Reach reach, Duration asked) implements FailureClass {}

    record ContextOverflow() implements FailureClass {}

    record Refusal() implements FailureClass {}

    /** The account may spend no more: no wait mends that. */
    record SpendLimit() implements FailureClass {}

    /** @param whose {@code BAD_REQUEST} is the task's, {@code WORKER_REFUSED} the worker's own */
    record Fatal(Answer.Failure whose) implements FailureClass {}
}
