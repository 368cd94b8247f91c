package dev.relais.worker.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/** Reads the headers by which a server says when to come back: {@code retry-after-ms}, else {@code retry-after} in seconds or as a date. */
public final class RetryHeaderRule {
    private static final double LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    private RetryHeaderRule() {}

    /** @param header the value of a header by its name in lower case */
    public static Optional<Duration> retryAfter(Function<String, Optional<String>> header, Instant now) {
        return header.apply("retry-after-ms").flatMap(text -> seconds(text, 1_000))
                .or(() -> header.apply("retry-after").flatMap(text -> seconds(text, 1).or(() -> until(text, now))));
    }

    private static Optional<Duration> seconds(String text, int perSecond) {
        try {
            var seconds = Double.parseDouble(text.strip()) / perSecond;
            // NaN fails this comparison too.
            return seconds >= 0 && seconds <= LONGEST_SECONDS
                    ? Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(String text, Instant now) {
        try {
            var wait = Duration.between(now, ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Optional.empty() : Optional.of(wait);
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
