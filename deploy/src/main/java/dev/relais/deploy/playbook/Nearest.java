package dev.relais.deploy.playbook;

import java.util.Collection;
import java.util.Comparator;

/** Which known word somebody may have meant. */
final class Nearest {
    private static final int FARTHEST = 3;

    private Nearest() {}

    static String suggestion(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.min(FARTHEST, candidate.length() / 2 + 1))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> "; did you mean `" + candidate + "`?")
                .orElse("; known here: " + String.join(", ", known.stream().sorted().toList()));
    }

    /** Insertions, deletions and replacements that lead from one to the other. */
    private static int distance(String one, String other) {
        var above = new int[other.length() + 1];
        for (var column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (var row = 1; row <= one.length(); row++) {
            var current = new int[other.length() + 1];
            current[0] = row;
            for (var column = 1; column <= other.length(); column++) {
                var replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[other.length()];
    }
}
