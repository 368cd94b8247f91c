package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskRequested;

/** What a persona may call blocking, that is, what it cannot go on without where its task hangs on it. */
public enum Blocking {
    API_CONTRACT("api-contract", Phrase.NO_API_CONTRACT),
    DATABASE_DECISION("database-decision", Phrase.NO_DATABASE_DECISION);

    private static final Set<String> BLOCKS = Set.of("bloquant", "bloquante", "bloquants", "blocking");

    private final String code;
    private final Phrase phrase;

    Blocking(String code, Phrase phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    /** As the {@code heard} entry of a request has it. */
    public String code() {
        return code;
    }

    /** The line of the first message. */
    Phrase phrase() {
        return phrase;
    }

    /** What the persona's own file calls blocking, line by line, and the request does not bring. */
    public static List<Blocking> missing(TaskRequested request, Persona persona) {
        List<List<String>> lines = persona.text().lines().filter(Blocking::mayBlock).map(Words::of)
                .filter(line -> line.stream().anyMatch(BLOCKS::contains)).toList();
        var missing = new ArrayList<Blocking>();
        for (Blocking each : values()) {
            boolean isCalled = lines.stream().anyMatch(line -> line.stream().anyMatch(each.words()::contains));
            if (isCalled && !each.isGiven(request.context())) {
                missing.add(each);
            }
        }
        return List.copyOf(missing);
    }

    /** Before words are taken apart, which costs most. */
    private static boolean mayBlock(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("bloquant") || lower.contains("blocking");
    }

    private Set<String> words() {
        return switch (this) {
            case API_CONTRACT -> Set.of("api", "contrat", "contract");
            case DATABASE_DECISION -> Set.of("bdd", "database", "db");
        };
    }

    private boolean isGiven(TaskRequested.@Nullable Context context) {
        return context != null && switch (this) {
            case API_CONTRACT -> isSaid(context.apiContract());
            case DATABASE_DECISION -> isSaid(context.dbSchema()) || !context.decisions().isEmpty();
        };
    }

    private static boolean isSaid(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
