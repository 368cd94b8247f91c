/** The loop and its state, tried without Kafka, HTTP or git. */
@org.jspecify.annotations.NullMarked
package dev.relais.worker.run;
