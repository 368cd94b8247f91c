package dev.relais.worker.journal;

import dev.relais.schemas.event.JournalEntry;

/** The journal of one run. Nothing has an effect before its entry is durable. */
public interface RunJournal {
    /**
     * Writes the run's next entry and waits until it is durable.
     *
     * @return the entry at its place
     * @throws InterruptedException where the run is stopped while it waits; whether the entry is durable is not known then
     */
    Entry append(JournalEntry entry) throws InterruptedException;
}
