package dev.relais.schemas.event;

/** What stands in the journal: the entries of runs, the workers' beats and the coordinator's ticks. */
public sealed interface JournalEvent extends EventData permits JournalEntry, Beat, Tick {}
