/** CloudEvents on Kafka: records to and from bytes and headers. */
@NullMarked
package dev.relais.schemas.wire;

import org.jspecify.annotations.NullMarked;
