package dev.relais.worker.persona;

import java.util.List;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry.Heard;
import dev.relais.schemas.event.WorkDispatched;

/** What a dispatch brings, as the persona is to hear it. */
public final class Hearing {
    private Hearing() {}

    public static Heard of(WorkDispatched.Input input, WorkDispatched work, Persona persona) {
        if (input.kind() == InputKind.REQUEST) {
            List<String> missing = Blocking.missing(work.request(), persona).stream().map(Blocking::code).toList();
            return new Heard(input.id(), input.kind(), FirstMessage.render(work, persona), input.raised(), missing);
        }
        return new Heard(input.id(), input.kind(), Voice.heard(input, persona), input.raised());
    }
}
