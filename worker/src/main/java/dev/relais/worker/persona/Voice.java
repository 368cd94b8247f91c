package dev.relais.worker.persona;

import org.jspecify.annotations.Nullable;

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
            case CHANGES -> "Verdict sur ton livrable : modifications demandées" + by(input.by(), " par ") + ".\n\n" + said(input)
                    + "\n\nApporte ces modifications, puis rends une nouvelle réponse complète, " + form(persona) + ".";
            case MESSAGE -> "Message" + by(input.by(), " de ") + " :\n\n" + said(input)
                    + "\n\nTiens-en compte et poursuis la tâche ; rends une réponse complète, " + form(persona) + ".";
        };
    }

    private static String answer(Input input, Persona persona) {
        Raised raised = input.raised();
        String text = "Réponse à ton escalade" + by(input.by(), ", de ") + " :\n\n" + said(input);
        if (raised != null && raised.place() != Raised.WHOLE_REPLY) {
            // A tool's result: the persona goes on from where it called, no new round begins.
            return text;
        }
        return text.replace("à ton escalade", "au point qui te bloquait ou que tu attendais")
                + "\n\nReprends la tâche avec cette réponse, puis rends une nouvelle réponse complète, " + form(persona) + ".";
    }

    private static String form(Persona persona) {
        return "de la bannière au bloc « 📦 LIVRABLE — " + persona.name() + " »";
    }

    private static String said(Input input) {
        String text = input.text().strip();
        return text.isEmpty() ? silence(input.kind()) : text;
    }

    private static String silence(InputKind kind) {
        return kind == InputKind.CHANGES ? "(aucun détail donné : relis la demande et ton livrable)" : "(message vide)";
    }

    private static String by(@Nullable String by, String link) {
        return by == null || by.isBlank() ? "" : link + by.strip();
    }
}
