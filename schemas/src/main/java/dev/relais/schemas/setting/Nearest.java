package dev.relais.schemas.setting;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** The known name that a misspelt one most likely means, by Levenshtein distance. */
public final class Nearest {
    private Nearest() {}

    public static String to(String name, Collection<String> known) {
        return known.stream().min(
                Comparator.comparingInt((String candidate) -> distance(name, candidate)).thenComparing(candidate -> candidate))
                .orElse("");
    }

    public static int distance(String a, String b) {
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
