/** The tools that a persona may call: six that act on the workspace, and Escalate. */
@NullMarked
package dev.relais.worker.toolkit;

import org.jspecify.annotations.NullMarked;
