/** How Glob and Grep go through a working tree: names, ignore rules, contents. */
@NullMarked
package dev.relais.worker.search;

import org.jspecify.annotations.NullMarked;
