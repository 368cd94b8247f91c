/** The management port. */
@org.jspecify.annotations.NullMarked
package dev.relais.worker.health;
