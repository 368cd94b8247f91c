/** The loop of a run, and the state that only entries change. */
@NullMarked
package dev.relais.worker.run;

import org.jspecify.annotations.NullMarked;
