package dev.relais.worker.policy;

import java.util.List;
import java.util.stream.Collectors;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;

/** What is said of secrets in a diff: places and kinds. */
public final class SecretVoice {
    private static final int MOST = 20;

    private SecretVoice() {}

    /** To the persona, in its language. */
    public static String toPersona(List<Secret> secrets, Language language) {
        return language.say(Phrase.SECRETS, secrets.stream().limit(MOST)
                .map(secret -> "- " + secret.place() + " (" + secret.kind() + ")\n").collect(Collectors.joining()));
    }

    /** To people. */
    public static String detail(List<Secret> secrets) {
        return "the deliverable still holds what looks like secrets, after the persona was told: " + secrets.stream().limit(MOST)
                .map(secret -> secret.place() + " (" + secret.kind() + ")").collect(Collectors.joining(", "));
    }
}
