/** What a persona file becomes: everything that its prose makes the worker do, as data. */
@NullMarked
package dev.relais.worker.compiled;

import org.jspecify.annotations.NullMarked;
