package dev.relais.schemas.spelling;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The known word that a misspelt one most likely means, by Levenshtein distance. */
public final class Nearest {
    /** Words further apart than this share of the longer one's letters have nothing to do with each other. */
    private static final double FARTHEST = 0.5;
    private static final int MOST_LISTED = 12;

    private Nearest() {}

    /** The end of an error message: {@code ; did you mean "word"?}, or the known words where none is near. */
    public static String suggestion(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(folded(word), folded(candidate)) <= FARTHEST
                        * Math.max(word.length(), candidate.length()))
                .min(Comparator.comparingInt((String candidate) -> distance(folded(word), folded(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElseGet(() -> listed(known));
    }

    private static String listed(Collection<String> known) {
        return known.isEmpty() || known.size() > MOST_LISTED
                ? ""
                : "; known here: " + known.stream().sorted().collect(Collectors.joining(", "));
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
