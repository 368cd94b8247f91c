/** A project's home, which knows its mode (rule 14). */
@NullMarked
package dev.relais.coordinator.project;

import org.jspecify.annotations.NullMarked;
