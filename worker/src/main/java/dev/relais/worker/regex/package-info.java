/** Regular expressions as ripgrep reads them, matched in linear time: a reader, a lazy automaton for whole lines, RE2J for what exactly matched. */
@NullMarked
package dev.relais.worker.regex;

import org.jspecify.annotations.NullMarked;
