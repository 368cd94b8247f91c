package dev.relais.schemas.event;

/**
 * The coordinator's clock in one journal partition: leases count these and read no other clock (rule 2).
 *
 * @param dispatches how many this shard had made when it wrote the tick: a tick written before a dispatch says nothing of how long that one has
 *     waited, however late it is read
 */
public record Tick(int partition, long dispatches) implements JournalEvent {}
