/** Modes, verdicts and what a request may ask for. */
@NullMarked
package dev.relais.coordinator.validation;

import org.jspecify.annotations.NullMarked;
