package dev.relais.worker.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.worker.model.Answer.Failure;
import dev.relais.worker.model.FailureClass.Reach;
import dev.relais.worker.model.FailureClass.Retry;
import dev.relais.worker.model.FailureClass.RetryAfter;
import dev.relais.worker.model.RetryRule.Step.GiveUp;
import dev.relais.worker.model.RetryRule.Step.Wait;

import static org.assertj.core.api.Assertions.assertThat;

final class RetryRuleTest {
    private static final RetryRule RULE = RetryRule.STANDARD;
    private static final Retry RETRY = new Retry(Reach.CALL);

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "7, 32000", "8, 60000", "9, 60000", "1000, 60000"})
    void waitDoublesUpToAMinute(int attempt, long millis) {
        assertThat(RULE.next(RETRY, attempt, Duration.ZERO, 0)).isEqualTo(new Wait(Duration.ofMillis(millis)));
    }

    @Test
    void jitterTakesAQuarterOffAtMost() {
        assertThat(RULE.next(RETRY, 3, Duration.ZERO, 1)).isEqualTo(new Wait(Duration.ofMillis(1_500)));
    }

    @Test
    void serversWaitIsKeptWithinAMinute() {
        assertThat(RULE.next(new RetryAfter(Reach.EVERYBODY, Duration.ofSeconds(7)), 1, Duration.ZERO, 1))
                .isEqualTo(new Wait(Duration.ofSeconds(7)));
        assertThat(RULE.next(new RetryAfter(Reach.EVERYBODY, Duration.ofHours(7)), 1, Duration.ZERO, 1))
                .isEqualTo(new Wait(Duration.ofMinutes(1)));
    }

    @Test
    void modelAwayForTenMinutesIsUnavailable() {
        assertThat(RULE.next(RETRY, 12, Duration.ofMinutes(9), 0)).isEqualTo(new Wait(Duration.ofMinutes(1)));
        assertThat(RULE.next(RETRY, 13, Duration.ofMinutes(9).plusMillis(1), 0)).isEqualTo(new GiveUp(Failure.UNAVAILABLE));
    }

    @Test
    void whatNoWaitMendsIsGivenUpAtOnce() {
        assertThat(RULE.next(new FailureClass.SpendLimit(), 1, Duration.ZERO, 0)).isEqualTo(new GiveUp(Failure.WORKER_REFUSED));
        assertThat(RULE.next(new FailureClass.ContextOverflow(), 1, Duration.ZERO, 0))
                .isEqualTo(new GiveUp(Failure.CONTEXT_OVERFLOW));
        assertThat(RULE.next(new FailureClass.Refusal(), 1, Duration.ZERO, 0)).isEqualTo(new GiveUp(Failure.REFUSAL));
        assertThat(RULE.next(new FailureClass.Fatal(Failure.BAD_REQUEST), 1, Duration.ZERO, 0))
                .isEqualTo(new GiveUp(Failure.BAD_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"retry-after, 2, 2000", "retry-after, 0.5, 500", "retry-after-ms, 250, 250",
            "retry-after, 'Mon, 23 Nov 2026 12:00:30 GMT', 30000"})
    void headerSaysWhenToComeBack(String name, String value, long millis) {
        assertThat(header(name, value)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"-1", "soon", "NaN", "1e300", "'Mon, 23 Nov 2026 11:59:30 GMT'", "''"})
    void headerWithoutSenseIsNoHeader(String value) {
        assertThat(header("retry-after", value)).isEmpty();
    }

    private static Optional<Duration> header(String name, String value) {
        var headers = Map.of(name, value);
        return RetryHeaderRule.retryAfter(asked -> Optional.ofNullable(headers.get(asked)),
                Instant.parse("2026-11-23T12:00:00Z"));
    }
}
