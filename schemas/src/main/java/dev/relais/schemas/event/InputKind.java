package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a {@code heard} entry's words come from. */
public enum InputKind {
    /** The request itself. */
    @JsonProperty("request")
    REQUEST,
    /** An answer to an escalation. */
    @JsonProperty("answer")
    ANSWER,
    /** A verdict that asks for changes. */
    @JsonProperty("changes")
    CHANGES,
    /** Anything else said to the task. */
    @JsonProperty("message")
    MESSAGE,
    /** The worker's own: a repair, findings, acceptance results. */
    @JsonProperty("worker")
    WORKER
}
