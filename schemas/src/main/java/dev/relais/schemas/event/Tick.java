package dev.relais.schemas.event;

/** The coordinator's clock in one journal partition: leases count these and read no other clock (rule 2). */
public record Tick(int partition) implements JournalEvent {}
