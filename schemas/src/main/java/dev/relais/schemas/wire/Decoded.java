package dev.relais.schemas.wire;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;

/** What bytes turned out to be. */
public sealed interface Decoded {
    record Accepted(EventType type, Event<? extends EventData> event) implements Decoded {}

    /**
     * @param reason a stable code: no-value, not-json, no-type, unknown-type, invalid, headers-lie
     * @param detail what is wrong and what to do about it
     * @param where a JSON pointer, a header's name, or line and column
     */
    record Malformed(String reason, String detail, @Nullable String where) implements Decoded {}
}
