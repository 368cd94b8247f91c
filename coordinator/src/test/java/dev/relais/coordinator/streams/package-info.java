/** The Kafka Streams shell: decode, decide, apply. */
@NullMarked
package dev.relais.coordinator.streams;

import org.jspecify.annotations.NullMarked;
