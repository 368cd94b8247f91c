package dev.relais.schemas.event;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 event.
 *
 * @param id unique within the source
 * @param source who produced it, a URI reference
 * @param subject the task's id, or what else is the Kafka key
 * @param time when the producer made it; nothing in the protocol is decided by it
 * @param extensions further context attributes by their CloudEvents names (lower-case letters and digits): see {@code wire.Extension}
 */
public record Event<D extends EventData>(String id, String source, String subject, @Nullable Instant time,
        Map<String, String> extensions, D data) {
    public Event {
        extensions = Map.copyOf(extensions);
    }

    public @Nullable String extension(String name) {
        return extensions.get(name);
    }
}
