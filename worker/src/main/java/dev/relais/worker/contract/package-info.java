/** Banner, deliverable block and what the persona must keep. */
@NullMarked
package dev.relais.worker.contract;

import org.jspecify.annotations.NullMarked;
