package dev.relais.worker.journal;

import dev.relais.schemas.event.JournalEntry;

/** An entry at its place: the epoch that wrote it and its sequence number there. */
public record Entry(int epoch, int sequence, JournalEntry body) {}
