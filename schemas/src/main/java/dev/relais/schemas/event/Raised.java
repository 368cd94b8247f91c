package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an escalation was raised: epoch and sequence of its {@code replied}, and the call's place among that reply's tool calls (0-based).
 * An escalation that the worker raised for the reply as a whole (a blocked or pending status) has the place {@link #WHOLE_REPLY}.
 */
public record Raised(int epoch, int sequence, int place) {
    /** Beyond any call's place in a reply. */
    public static final int WHOLE_REPLY = 999;

    @JsonCreator
    public static Raised parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a place of escalation reads <epoch>.<sequence>.<place>, not \"" + text + "\"");
        }
        return new Raised(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @JsonValue
    @Override
    public String toString() {
        return epoch + "." + sequence + "." + place;
    }
}
