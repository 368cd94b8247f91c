package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * Judges one deliverable.
 *
 * @param verdict {@code ok} releases it, {@code changes} asks for another round with {@code text} as the next message, {@code refuse} ends the task
 * @param digest the deliverable that was looked at; a verdict on any other changes nothing (I7)
 * @param envelope further means, with {@code changes}
 */
public record VerdictGiven(TaskId taskId, String verdict, Digest digest, @Nullable String text, @Nullable String by,
        @Nullable Envelope envelope) implements RequestEvent {
    public static final String OK = "ok";
    public static final String CHANGES = "changes";
    public static final String REFUSE = "refuse";
}
