package dev.relais.worker.persona;

import java.util.Arrays;
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
    private static final Remembered<List<Blocking>> CALLED = new Remembered<>(Blocking::called);

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
        return CALLED.of(persona.text()).stream().filter(each -> !each.isGiven(request.context())).toList();
    }

    private static List<Blocking> called(String text) {
        List<List<String>> lines = text.lines().filter(Blocking::mayBlock).map(Words::of)
                .filter(line -> line.stream().anyMatch(BLOCKS::contains)).toList();
        return Arrays.stream(values())
                .filter(each -> lines.stream().anyMatch(line -> line.stream().anyMatch(each.words()::contains))).toList();
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
