/** A run's working tree as a git repository: checkout, snapshots, the deliverable's branch. */
@NullMarked
package dev.relais.worker.workspace;

import org.jspecify.annotations.NullMarked;
