package dev.relais.worker.persona;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched.Input;

/** What the persona hears after its first message: verdicts, messages and answers, in its language, and who speaks. */
public final class Voice {
    private Voice() {}

    /**
     * The text of the {@code heard} entry.
     *
     * <p>A request is {@link FirstMessage#render}'s, and the worker's own words are rendered where they arise: both come back as they are.
     */
    public static String heard(Input input, Persona persona) {
        return switch (input.kind()) {
            case REQUEST, WORKER -> input.text();
            case ANSWER -> answer(input, persona);
            case CHANGES -> say(Phrase.CHANGES, input, persona);
            case MESSAGE -> say(Phrase.MESSAGE, input, persona);
        };
    }

    /** A call's answer is a tool's result: the persona goes on from where it called. A status's answer opens a new round. */
    private static String answer(Input input, Persona persona) {
        Raised raised = input.raised();
        boolean isOfACall = raised != null && raised.place() != Raised.WHOLE_REPLY;
        return say(isOfACall ? Phrase.ANSWER_TO_CALL : Phrase.ANSWER_TO_STATUS, input, persona);
    }

    private static String say(Phrase phrase, Input input, Persona persona) {
        Language language = persona.language();
        return language.say(phrase, by(input), said(input, language), language.say(Phrase.WHOLE_FORM, persona.name()));
    }

    private static String said(Input input, Language language) {
        String text = input.text().strip();
        return text.isEmpty() ? language.say(input.kind() == InputKind.CHANGES ? Phrase.SILENT_CHANGES : Phrase.SILENT) : text;
    }

    private static String by(Input input) {
        String by = input.by();
        return by == null || by.isBlank() ? "" : " (" + by.strip() + ")";
    }
}
