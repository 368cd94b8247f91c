package dev.relais.worker.contract;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.worker.contract.DeliverableBlock.Status;
import dev.relais.worker.persona.Words;

/**
 * What a status field says. The first status word decides ("Terminé, en attente de revue" is completed), a denied one does not count ("non terminé"), an
 * emoji counts where no word does, and alternatives with bars between them are the form left as it was.
 *
 * @param status null where none can be read
 */
record StatusText(@Nullable Status status, @Nullable String reason) {
    private static final StatusText UNREADABLE = new StatusText(null, null);
    private static final Set<String> DENIALS = Set.of("non", "pas", "partiellement", "presque", "quasiment", "jamais", "not",
            "partially");
    private static final Set<String> EMPTY_REASONS = Set.of("", "raison", "validation", "reason");

    static StatusText of(String value) {
        String text = Plain.value(value).replace("`", "");
        var open = EnumSet.noneOf(Status.class);
        for (String alternative : text.split("\\|", -1)) {
            Mark mark = mark(alternative);
            if (mark.status() != null) {
                open.add(mark.status());
            }
        }
        if (open.size() != 1) {
            return UNREADABLE;
        }
        Mark mark = mark(text);
        Status status = mark.status();
        return status == null
                ? UNREADABLE
                : new StatusText(status, status == Status.COMPLETED ? null : reason(text.substring(mark.end())));
    }

    /** @param end where the text goes on after the mark */
    private record Mark(@Nullable Status status, int end) {}

    private static Mark mark(String text) {
        var denied = EnumSet.noneOf(Status.class);
        String before = "";
        String beforeThat = "";
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inWord = i < text.length() && isOfWord(text.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                String word = Words.fold(text.substring(start, i));
                Status status = named(word);
                if (status != null && !DENIALS.contains(before) && !DENIALS.contains(beforeThat)) {
                    return new Mark(status, i);
                }
                if (status != null) {
                    denied.add(status);
                }
                beforeThat = before;
                before = word;
                start = -1;
            }
        }
        return drawn(text, denied);
    }

    private static Mark drawn(String text, Set<Status> denied) {
        int at = 0;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            Status status = switch (sign) {
                case '✅', '✔', '☑' -> Status.COMPLETED;
                case '⏳', '⌛' -> Status.PENDING;
                case 0x1F6AB, '⛔' -> Status.BLOCKED;
                default -> null;
            };
            if (status != null && !denied.contains(status)) {
                return new Mark(status, at);
            }
        }
        return new Mark(null, 0);
    }

    private static boolean isOfWord(char c) {
        return Character.isLetter(c) || (Character.getType(c) == Character.NON_SPACING_MARK && c != '\uFE0F');
    }

    private static @Nullable Status named(String word) {
        return switch (word) {
            case "termine", "terminee", "termines", "terminees", "fini", "finie", "finalise", "finalisee", "acheve", "achevee",
                    "complete",
                    "completee", "completed", "livre", "done" ->
                Status.COMPLETED;
            case "attente", "pending" -> Status.PENDING;
            case "bloque", "bloquee", "bloques", "bloquant", "bloquante", "blocked" -> Status.BLOCKED;
            default -> null;
        };
    }

    private static @Nullable String reason(String rest) {
        int start = 0;
        while (start < rest.length() && !Character.isLetterOrDigit(rest.charAt(start))
                && "`\"«[".indexOf(rest.charAt(start)) < 0) {
            start++;
        }
        boolean isBracketed = rest.substring(0, start).contains("(");
        String reason = rest.substring(start).strip();
        if (isBracketed && reason.endsWith(")")) {
            reason = reason.substring(0, reason.length() - 1).strip();
        }
        if (reason.startsWith("de ") || reason.startsWith("du ")) {
            reason = reason.substring(3).strip();
        } else if (reason.startsWith("d'") || reason.startsWith("d’")) {
            reason = reason.substring(2).strip();
        }
        return EMPTY_REASONS.contains(Words.fold(reason)) ? null : reason;
    }
}
