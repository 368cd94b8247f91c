package dev.relais.coordinator.streams;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.wire.Json;

/** How the shard's state lies in its stores: JSON, which a later release can read without the class that wrote it. */
public final class StateCodec {
    private final ObjectMapper json = Json.mapper();

    /** The store holds what this release cannot read: nothing may be decided on a guess, so the coordinator stops. */
    public static final class UnreadableState extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        UnreadableState(String message, Throwable cause) {
            super(message, cause);
        }

        UnreadableState(String message) {
            super(message);
        }
    }

    byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("state is always writable as JSON: " + value.getClass(), e);
        }
    }

    <T> T read(byte[] bytes, Class<T> type) {
        try {
            return json.readValue(bytes, type);
        } catch (IOException e) {
            throw new UnreadableState("the state store holds what this release cannot read as " + type.getSimpleName()
                    + "; was it written by a later release? Run that one, or one that is newer", e);
        }
    }

    /** A task of this release's layout or the one before; unknown fields are skipped, so a later layout has to be known by its number. */
    StoredTask task(byte[] bytes) {
        StoredTask task = read(bytes, StoredTask.class);
        if (task.version() > Task.VERSION) {
            throw new UnreadableState(
                    "task " + task.origin().request().taskId() + " was written in layout " + task.version()
                            + ", and this release reads up to "
                            + Task.VERSION + ": run the release that wrote it, or one that is newer");
        }
        return task;
    }
}
