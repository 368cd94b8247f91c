package dev.relais.worker.model;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.worker.model.Answer.Failure;
import dev.relais.worker.model.FailureClass.ContextOverflow;
import dev.relais.worker.model.FailureClass.Fatal;
import dev.relais.worker.model.FailureClass.Reach;
import dev.relais.worker.model.FailureClass.Refusal;
import dev.relais.worker.model.FailureClass.Retry;
import dev.relais.worker.model.FailureClass.RetryAfter;
import dev.relais.worker.model.FailureClass.SpendLimit;

import static org.assertj.core.api.Assertions.assertThat;

final class FailureRuleTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    static Stream<Object[]> statuses() {
        return Stream.of(
                row(400, "invalid_request_error", "", "max_tokens: Field required", new Fatal(Failure.BAD_REQUEST)),
                row(400, "invalid_request_error", "", "prompt is too long: 210000 tokens > 200000 maximum",
                        new ContextOverflow()),
                row(400, "invalid_request_error", "", "input length and `max_tokens` exceed context limit: 1 + 2 > 3",
                        new ContextOverflow()),
                row(400, "BadRequestError", "", "This model's maximum context length is 8192 tokens.", new ContextOverflow()),
                row(400, "exceed_context_size_error", "", "the request exceeds the available context size",
                        new ContextOverflow()),
                row(400, "invalid_request_error", "", "Your credit balance is too low to access the Anthropic API.",
                        new SpendLimit()),
                row(400, "invalid_request_error", "", "You have reached your specified API usage limits.", new SpendLimit()),
                row(401, "authentication_error", "", "invalid x-api-key", new Fatal(Failure.WORKER_REFUSED)),
                row(402, "billing_error", "", "", new Fatal(Failure.WORKER_REFUSED)),
                row(403, "permission_error", "", "", new Fatal(Failure.WORKER_REFUSED)),
                row(404, "not_found_error", "", "model: claude-none", new Fatal(Failure.BAD_REQUEST)),
                row(404, "", "", "<html>nginx</html>", new Fatal(Failure.WORKER_REFUSED)),
                row(408, "timeout_error", "", "", new Retry(Reach.CALL)),
                row(409, "conflict_error", "", "", new Retry(Reach.CALL)),
                row(413, "request_too_large", "", "", new ContextOverflow()),
                row(422, "unprocessable", "", "", new Fatal(Failure.BAD_REQUEST)),
                row(429, "rate_limit_error", "", "", new Retry(Reach.EVERYBODY)),
                row(429, "rate_limit_error", "enforced_spend_limit_reached", "", new SpendLimit()),
                row(500, "api_error", "", "", new Retry(Reach.CALL)),
                row(503, "", "", "", new Retry(Reach.CALL)),
                row(504, "timeout_error", "", "", new Retry(Reach.CALL)),
                row(529, "overloaded_error", "", "", new Retry(Reach.EVERYBODY)));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusIsSorted(Fault fault, FailureClass expected) {
        assertThat(FailureRule.classify(fault)).isEqualTo(expected);
    }

    @Test
    void retryAfterIsKeptWhereAnotherAttemptFollows() {
        assertThat(FailureRule.classify(new Fault.Status(429, "rate_limit_error", "", "", Optional.of(TEN))))
                .isEqualTo(new RetryAfter(Reach.EVERYBODY, TEN));
        assertThat(FailureRule.classify(new Fault.Status(503, "", "", "", Optional.of(TEN))))
                .isEqualTo(new RetryAfter(Reach.CALL, TEN));
        assertThat(FailureRule.classify(new Fault.Status(400, "", "", "", Optional.of(TEN))))
                .isEqualTo(new Fatal(Failure.BAD_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"overloaded_error, EVERYBODY", "rate_limit_error, EVERYBODY", "api_error, CALL", "timeout_error, CALL",
            "something_new, CALL"})
    void errorWithinTheStreamIsTriedAgain(String type, Reach reach) {
        assertThat(FailureRule.classify(new Fault.Stream(type, ""))).isEqualTo(new Retry(reach));
    }

    @Test
    void errorWithinTheStreamMayBeFinal() {
        assertThat(FailureRule.classify(new Fault.Stream("authentication_error", "")))
                .isEqualTo(new Fatal(Failure.WORKER_REFUSED));
        assertThat(FailureRule.classify(new Fault.Stream("invalid_request_error", "prompt is too long")))
                .isEqualTo(new ContextOverflow());
    }

    @Test
    void lostCallIsTriedAgain() {
        assertThat(FailureRule.classify(new Fault.Lost("connection reset"))).isEqualTo(new Retry(Reach.CALL));
    }

    @Test
    void stopReasonIsOpen() {
        assertThat(FailureRule.ofStop("refusal")).contains(new Refusal());
        assertThat(FailureRule.ofStop("model_context_window_exceeded")).contains(new ContextOverflow());
        assertThat(FailureRule.ofStop("end_turn")).isEmpty();
        assertThat(FailureRule.ofStop("a_reason_of_next_year")).isEmpty();
    }

    private static Object[] row(int status, String type, String code, String message, FailureClass expected) {
        return new Object[]{new Fault.Status(status, type, code, message, Optional.empty()), expected};
    }
}
