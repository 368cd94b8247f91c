package dev.relais.worker.run;

import dev.relais.schemas.event.JournalEntry;

/** Who counts what a run does. */
@FunctionalInterface
public interface RunEvents {
    RunEvents NONE = _ -> {};

    /** The entry is durable. */
    void recorded(JournalEntry entry);
}
