/** What a run may take for an answer. */
@org.jspecify.annotations.NullMarked
package dev.relais.worker.journal;
