/** Metrics and probes on the management port. */
@NullMarked
package dev.relais.coordinator.health;

import org.jspecify.annotations.NullMarked;
