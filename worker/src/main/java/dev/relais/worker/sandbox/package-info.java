/** Where a model's commands run, and how nothing of them survives. */
@NullMarked
package dev.relais.worker.sandbox;

import org.jspecify.annotations.NullMarked;
