package dev.relais.schemas.event;

/** What stands in an inbox. */
public sealed interface WorkEvent extends EventData permits WorkDispatched, EscalationRaised {}
