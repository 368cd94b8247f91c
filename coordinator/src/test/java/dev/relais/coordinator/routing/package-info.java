/** Who may receive what: the closed registry of agents (rule 9). */
@NullMarked
package dev.relais.coordinator.routing;

import org.jspecify.annotations.NullMarked;
