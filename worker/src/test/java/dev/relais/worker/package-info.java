/** The worker as a whole. */
@org.jspecify.annotations.NullMarked
package dev.relais.worker;
