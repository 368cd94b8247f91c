/** The pure parts of the benchmark. */
@NullMarked
package dev.relais.deploy.bench;

import org.jspecify.annotations.NullMarked;
