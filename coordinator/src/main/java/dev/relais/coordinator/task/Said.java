package dev.relais.coordinator.task;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.InputRecorded;

/**
 * Something that was said to a task, as {@code validations} records it.
 *
 * @param kind verdict, answer, message, cancel
 * @param ref the event that brought it
 * @param decision of a verdict
 */
record Said(String kind, EventRef ref, @Nullable String decision, @Nullable Digest digest, @Nullable String text,
        @Nullable String by) {
    /** A task remembers this many words; beyond it only verdicts and answers that are waited for count, so that its state stays small. */
    static final int MOST_REMEMBERED = 1_000;

    boolean isRepeated(Draft draft) {
        return draft.task().words().seen().contains(ref.key());
    }

    /** It changes nothing but that it came. */
    Decision noted(Draft draft, String standing) {
        if (!isRepeated(draft) && !(draft.task().phase() instanceof Task.Phase.Ended)
                && draft.task().words().seen().size() < MOST_REMEMBERED) {
            draft.words(words -> words.came(ref.key()));
        }
        return draft.effect(recorded(draft, standing)).decided("");
    }

    Effect recorded(Draft draft, String standing) {
        return new Effect.Note(new InputRecorded(draft.id(), ref.id(), ref.source(), kind, standing, decision, digest, text, by,
                draft.task().round()));
    }
}
