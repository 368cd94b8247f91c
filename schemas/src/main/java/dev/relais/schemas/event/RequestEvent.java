package dev.relais.schemas.event;

/** What may be written to {@code requests}: by any producer, but for the last two, which are mail between shards (rule 14). */
public sealed interface RequestEvent extends EventData
        permits TaskRequested, CancelRequested, VerdictGiven, EscalationAnswered, MessageSent, ProjectOpened, ProjectAsked,
        ProjectTold {}
