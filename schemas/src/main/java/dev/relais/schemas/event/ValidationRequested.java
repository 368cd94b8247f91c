package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A deliverable waits for a verdict, or, pending or blocked, for an answer; its data is the deliverable's, complete. */
public record ValidationRequested(@JsonValue DeliverablePublished deliverable) implements ValidationEvent {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ValidationRequested {}
}
