package dev.relais.schemas.event;

/** What stands on {@code validations}. */
public sealed interface ValidationEvent extends EventData permits ValidationRequested, InputRecorded {}
