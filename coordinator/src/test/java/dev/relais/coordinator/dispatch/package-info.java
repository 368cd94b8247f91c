/** Who has room, and what goes next (rule 11). */
@NullMarked
package dev.relais.coordinator.dispatch;

import org.jspecify.annotations.NullMarked;
