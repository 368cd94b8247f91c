/** What a task may still spend. */
@NullMarked
package dev.relais.worker.budget;

import org.jspecify.annotations.NullMarked;
