/** Kafka at the worker's edge: work in, entries and beats out, control. */
@NullMarked
package dev.relais.worker.kafka;

import org.jspecify.annotations.NullMarked;
