package dev.relais.schemas.event;

/** The data of any event of Relais. One sealed root a topic family, one record a type. */
public sealed interface EventData
        permits RequestEvent, WorkEvent, JournalEvent, OutcomeEvent, ValidationEvent, ControlEvent, TaskSnapshot, DeadLetter {}
