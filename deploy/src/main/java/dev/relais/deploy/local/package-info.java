/** The parts of Relais in one process on one machine: the embedded broker, and the stack that demo and up start. */
@NullMarked
package dev.relais.deploy.local;

import org.jspecify.annotations.NullMarked;
