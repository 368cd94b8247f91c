/** Rules that act: what a change may not hold, and what somebody must hear of. Pure; whoever calls them reads the files. */
@NullMarked
package dev.relais.worker.policy;

import org.jspecify.annotations.NullMarked;
