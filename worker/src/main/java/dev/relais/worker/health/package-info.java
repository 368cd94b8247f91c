/** Metrics and probes on the management port. */
@NullMarked
package dev.relais.worker.health;

import org.jspecify.annotations.NullMarked;
