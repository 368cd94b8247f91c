package dev.relais.coordinator.validation;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Digest;

/** Whether a verdict counts: the first on the digest that waits (I7). */
public final class VerdictRule {
    private VerdictRule() {}

    /** What a verdict is. */
    public enum Standing {
        APPLIES,
        STALE,
        LATE
    }

    /**
     * @param awaited the digest that waits for its verdict, or null where none does
     * @param ended whether the task has ended
     */
    public static Standing standing(@Nullable Digest awaited, boolean ended, Digest named) {
        if (ended) {
            return Standing.LATE;
        }
        return named.equals(awaited) ? Standing.APPLIES : Standing.STALE;
    }
}
