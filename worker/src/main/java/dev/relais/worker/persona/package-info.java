/** The Markdown file that an agent runs. */
@NullMarked
package dev.relais.worker.persona;

import org.jspecify.annotations.NullMarked;
