/** The model port: a prompt goes out, a reply or a typed failure comes back. */
@NullMarked
package dev.relais.worker.model;

import org.jspecify.annotations.NullMarked;
