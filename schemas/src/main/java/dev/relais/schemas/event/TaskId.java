package dev.relais.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a task, and is the Kafka key of everything about it: 1-128 characters of {@code [A-Za-z0-9._-]}. */
public record TaskId(@JsonValue String value) implements Comparable<TaskId> {
    private static final int MOST = 128;

    @JsonCreator
    public TaskId {
        if (!Letters.isId(value, MOST)) {
            throw new IllegalArgumentException(
                    "a task id is 1-128 characters of [A-Za-z0-9._-], not \"" + abridged(value) + "\"");
        }
    }

    public static boolean isValid(String value) {
        return Letters.isId(value, MOST);
    }

    /** The id of a request that names none: a hash of its CloudEvents source and id, so that a resent event means the same task. */
    public static TaskId derivedFrom(String source, String eventId) {
        byte[] hash = Sha256.of((source + "\n" + eventId).getBytes(StandardCharsets.UTF_8));
        return new TaskId("t-" + HexFormat.of().formatHex(hash, 0, 10));
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String abridged(String value) {
        return value.length() <= 140 ? value : value.substring(0, 140) + "…";
    }
}
