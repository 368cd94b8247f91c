/** End to end: parts of Relais in JVMs of their own on a real broker, read and written by plain Kafka clients. */
@NullMarked
package dev.relais.deploy.e2e;

import org.jspecify.annotations.NullMarked;
