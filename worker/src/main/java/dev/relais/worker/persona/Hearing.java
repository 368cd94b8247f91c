package dev.relais.worker.persona;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry.Heard;
import dev.relais.schemas.event.WorkDispatched;

/** What a dispatch brings, as the persona is to hear it. */
public final class Hearing {
    private Hearing() {}

    public static Heard of(WorkDispatched.Input input, WorkDispatched work, Persona persona) {
        String text = input.kind() == InputKind.REQUEST ? FirstMessage.render(work, persona) : Voice.heard(input, persona);
        return new Heard(input.id(), input.kind(), text, input.raised());
    }
}
