/** The {@code relais} command: one file a verb. */
@NullMarked
package dev.relais.deploy.cli;

import org.jspecify.annotations.NullMarked;
