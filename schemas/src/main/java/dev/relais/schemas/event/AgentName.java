package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A named role with an inbox: a slug of {@code [a-z0-9-]+}, at most 64 characters. */
public record AgentName(@JsonValue String value) implements Comparable<AgentName> {
    private static final int MOST = 64;

    @JsonCreator
    public AgentName {
        if (!Letters.isSlug(value, MOST)) {
            throw new IllegalArgumentException("an agent's name is 1-64 characters of [a-z0-9-], not \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(AgentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
