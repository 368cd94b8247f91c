/** Ports and values of tools: calls in, results out. */
@NullMarked
package dev.relais.worker.tool;

import org.jspecify.annotations.NullMarked;
