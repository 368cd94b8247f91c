package dev.relais.worker.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.relais.worker.model.FailureClass.ContextOverflow;
import dev.relais.worker.model.FailureClass.Fatal;
import dev.relais.worker.model.FailureClass.Reach;
import dev.relais.worker.model.FailureClass.Refusal;
import dev.relais.worker.model.FailureClass.Retry;
import dev.relais.worker.model.FailureClass.RetryAfter;
import dev.relais.worker.model.FailureClass.SpendLimit;

/** Sorts failed attempts: which are tried again, and which are the task's, the worker's own or nobody's fault (rule 6). */
public final class FailureRule {
    /** How the API and the servers that imitate it say that the conversation no longer fits. */
    private static final List<String> OVERFLOW = List.of("prompt is too long", "exceed context limit", "context_length_exceeded",
            "maximum context length", "exceeds the available context size", "exceed_context_size", "context window");

    /** Status 400 with these is the account's trouble and not the request's. */
    private static final List<String> SPENT = List.of("credit balance is too low", "specified api usage limits", "spend limit");

    private FailureRule() {}

    public static FailureClass classify(Fault fault) {
        return switch (fault) {
            case Fault.Lost _ -> new Retry(Reach.CALL);
            case Fault.Stream stream -> stream(stream);
            case Fault.Status status -> status(status);
        };
    }

    /** @param stopReason an open enumeration: what is not known to be a failure is a reply */
    public static Optional<FailureClass> ofStop(String stopReason) {
        return switch (stopReason) {
            case "refusal" -> Optional.of(new Refusal());
            case "model_context_window_exceeded" -> Optional.of(new ContextOverflow());
            default -> Optional.empty();
        };
    }

    private static FailureClass status(Fault.Status fault) {
        if (fault.code().equals("enforced_spend_limit_reached")) {
            return new SpendLimit();
        }
        return switch (fault.status()) {
            case 400 -> badRequest(fault.message());
            case 401, 402, 403 -> new Fatal(Answer.Failure.WORKER_REFUSED);
            // Without the API's error body nobody at this address speaks it: the base URL is wrong, and that is the worker's.
            case 404 -> new Fatal(fault.type().isEmpty() ? Answer.Failure.WORKER_REFUSED : Answer.Failure.BAD_REQUEST);
            case 413 -> new ContextOverflow();
            case 429, 529 -> again(Reach.EVERYBODY, fault.retryAfter());
            case 408, 409, 425 -> again(Reach.CALL, fault.retryAfter());
            default -> fault.status() >= 500 ? again(Reach.CALL, fault.retryAfter()) : badRequest(fault.message());
        };
    }

    private static FailureClass stream(Fault.Stream fault) {
        return switch (fault.type()) {
            case "invalid_request_error" -> badRequest(fault.message());
            case "request_too_large" -> new ContextOverflow();
            case "authentication_error", "billing_error", "permission_error" -> new Fatal(Answer.Failure.WORKER_REFUSED);
            case "overloaded_error", "rate_limit_error" -> new Retry(Reach.EVERYBODY);
            default -> new Retry(Reach.CALL);
        };
    }

    private static FailureClass badRequest(String message) {
        var text = message.toLowerCase(Locale.ROOT);
        if (OVERFLOW.stream().anyMatch(text::contains)) {
            return new ContextOverflow();
        }
        return SPENT.stream().anyMatch(text::contains) ? new SpendLimit() : new Fatal(Answer.Failure.BAD_REQUEST);
    }

    private static FailureClass again(Reach reach, Optional<Duration> after) {
        return after.isPresent() ? new RetryAfter(reach, after.get()) : new Retry(reach);
    }
}
