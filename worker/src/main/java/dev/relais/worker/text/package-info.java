/** Files' bytes as text and back, without losing one. */
@NullMarked
package dev.relais.worker.text;

import org.jspecify.annotations.NullMarked;
