/** The coordinator: one writer per task. */
@NullMarked
package dev.relais.coordinator;

import org.jspecify.annotations.NullMarked;
