/** The worker's edge, on the doubles that Kafka's clients bring. */
@org.jspecify.annotations.NullMarked
package dev.relais.worker.kafka;
