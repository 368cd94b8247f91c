package dev.relais.worker.persona;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the known words a slip of the pen was meant for. */
final class Nearness {
    private static final int EDITS = 2;

    private Nearness() {}

    /** The nearest within two edits, case apart; the earlier of equals. */
    static Optional<String> nearest(String written, List<String> known) {
        return known.stream().filter(word -> distance(written, word) <= EDITS)
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    /** Letters added, left out, replaced or exchanged with their neighbour, counted no further than they matter. */
    private static int distance(String written, String word) {
        String one = written.toLowerCase(Locale.ROOT);
        String other = word.toLowerCase(Locale.ROOT);
        if (Math.abs(one.length() - other.length()) > EDITS) {
            return EDITS + 1;
        }
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int cheapest(int[][] cost, String one, String other, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean isExchange = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        return isExchange ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
