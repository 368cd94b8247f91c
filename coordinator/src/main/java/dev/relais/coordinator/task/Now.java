package dev.relais.coordinator.task;

import java.time.Instant;

/**
 * The time of one decision, from the log alone: a replay decides as the first time.
 *
 * @param time append time of the record that is decided on; calendar timers compare with it
 * @param tick counted ticks of this shard so far; leases and wall time are differences of it
 */
public record Now(Instant time, long tick) {}
