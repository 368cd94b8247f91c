/** The model port over the Anthropic Messages API: the official SDK as transport, content blocks kept as raw JSON. */
@NullMarked
package dev.relais.worker.anthropic;

import org.jspecify.annotations.NullMarked;
