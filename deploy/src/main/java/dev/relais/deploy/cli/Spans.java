package dev.relais.deploy.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Spans of time as people write and read them. */
final class Spans implements ITypeConverter<Duration> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        var match = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new TypeConversionException("'" + text + "' is no span of time; write 500ms, 30s, 10m or 2h");
        }
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    static String text(Duration span) {
        if (span.toMillis() < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        if (span.toSeconds() < 120) {
            return span.toSeconds() + " s";
        }
        return span.toMinutes() < 120 ? span.toMinutes() + " min" : span.toHours() + " h";
    }
}
