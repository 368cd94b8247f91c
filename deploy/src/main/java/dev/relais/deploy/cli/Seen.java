package dev.relais.deploy.cli;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;

/**
 * A record that was read.
 *
 * @param event what it holds, or null where it is no event of this release
 */
record Seen(String topic, int partition, long offset, long timestamp, String key, @Nullable Event<? extends EventData> event) {

    @Nullable
    EventData data() {
        return event == null ? null : event.data();
    }

    /** A CloudEvents extension attribute, or the empty text. */
    String extension(String name) {
        String value = event == null ? null : event.extension(name);
        return value == null ? "" : value;
    }
}
