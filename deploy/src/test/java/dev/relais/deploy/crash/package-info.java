/**
 * Parts are killed, stopped and cut off while tasks go on; an account of every task, model call and tree says whether it showed. Crash points are set
 * here, in composition roots of the tests: production code has none.
 */
@NullMarked
package dev.relais.deploy.crash;

import org.jspecify.annotations.NullMarked;
