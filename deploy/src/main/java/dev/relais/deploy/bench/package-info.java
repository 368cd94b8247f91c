/** What Relais costs, measured beside the raw limit of the same broker on the same machine: {@code relais bench}. */
@NullMarked
package dev.relais.deploy.bench;

import org.jspecify.annotations.NullMarked;
