package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One process start of one worker: {@code RELAIS_INSTANCE} plus a start nonce, so that a restart is a new owner (rule 3). */
public record WorkerId(@JsonValue String value) implements Comparable<WorkerId> {
    private static final int MOST = 96;

    @JsonCreator
    public WorkerId {
        if (!Letters.isId(value, MOST)) {
            throw new IllegalArgumentException("a worker id is 1-96 characters of [A-Za-z0-9._-], not \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(WorkerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
