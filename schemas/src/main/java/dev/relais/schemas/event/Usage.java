package dev.relais.schemas.event;

/** Tokens as the Messages API counts them: {@code input} is only what lies after the last cache breakpoint. */
public record Usage(long input, long cacheWrite, long cacheRead, long output) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (input < 0 || cacheWrite < 0 || cacheRead < 0 || output < 0) {
            throw new IllegalArgumentException("token counts are not negative");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(input + other.input, cacheWrite + other.cacheWrite, cacheRead + other.cacheRead, output + other.output);
    }

    public long total() {
        return input + cacheWrite + cacheRead + output;
    }
}
