/** Counted ticks, and whose silence has lasted too long (rules 2 and 3). */
@NullMarked
package dev.relais.coordinator.lease;

import org.jspecify.annotations.NullMarked;
