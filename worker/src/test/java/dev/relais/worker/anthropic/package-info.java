@NullMarked
package dev.relais.worker.anthropic;

import org.jspecify.annotations.NullMarked;
