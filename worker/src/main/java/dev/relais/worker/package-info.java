/** The worker: takes work, runs the persona, keeps the journal. */
@NullMarked
package dev.relais.worker;

import org.jspecify.annotations.NullMarked;
