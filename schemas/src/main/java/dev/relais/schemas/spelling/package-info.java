/** What somebody meant who misspelt a name. */
@NullMarked
package dev.relais.schemas.spelling;

import org.jspecify.annotations.NullMarked;
