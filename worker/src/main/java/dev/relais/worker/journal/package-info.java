/** The journal as a run sees it: append and await, read what was accepted. */
@NullMarked
package dev.relais.worker.journal;

import org.jspecify.annotations.NullMarked;
