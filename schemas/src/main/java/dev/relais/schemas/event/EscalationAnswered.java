package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** Answers an escalation: {@code child} is the CloudEvents id of the inbox event that is answered. */
public record EscalationAnswered(ChildId child, String text, @Nullable String by,
        @Nullable Envelope envelope) implements RequestEvent {}
