package dev.relais.schemas.event;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a task may still spend over its whole life.
 *
 * @param turns model replies
 * @param tokens all tokens, of every kind
 * @param usd US dollars
 * @param wall time with a claimed run, counted in ticks; ISO-8601 on the wire
 */
public record Envelope(@Nullable Integer turns, @Nullable Long tokens, @Nullable BigDecimal usd, @Nullable Duration wall) {
    public static final int DEFAULT_TURNS = 200;
    public static final Duration DEFAULT_WALL = Duration.ofHours(8);
    public static final Envelope DEFAULT = new Envelope(DEFAULT_TURNS, null, null, DEFAULT_WALL);

    /** This envelope where it says something, the other one where it does not. */
    public Envelope orElse(Envelope other) {
        return new Envelope(turns == null ? other.turns : turns, tokens == null ? other.tokens : tokens,
                usd == null ? other.usd : usd, wall == null ? other.wall : wall);
    }
}
