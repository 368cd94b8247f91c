/** The task machine: what one event does to one task, decided without Kafka, HTTP or a clock. */
@NullMarked
package dev.relais.coordinator.task;

import org.jspecify.annotations.NullMarked;
