/** The events of Relais, as records under sealed roots. */
@NullMarked
package dev.relais.schemas.event;

import org.jspecify.annotations.NullMarked;
