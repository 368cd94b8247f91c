/** Tests. */
@NullMarked
package dev.relais.schemas;

import org.jspecify.annotations.NullMarked;
