package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.relais.worker.persona.RouteTable.Row;

/**
 * Which rows of a table a situation, worded by a model, means. Accents, case, punctuation and the words of {@link #EMPTY} do not count. In this order, the
 * first step that finds a row decides:
 * <ol>
 * <li>the same words: that row;
 * <li>all words of a row stand in the situation: every such row, for the situation names each of them. Words in a row's parentheses are its examples, and
 *     do not count here or in the next step;
 * <li>at least {@link #SHARE} of a row's words stand in the situation, and two of them, or its only one: the row with the largest share, the earlier of
 *     equals;
 * <li>an example of a row stands in the situation: every such row.
 * </ol>
 * Two words are the same where one begins with the other and the shorter has four letters (archi, architecture), or both share their first seven
 * (renégocier, renégociation). Why so: docs/0002-tolerant-route-matching.md.
 */
final class SituationRule {
    /** Two of three words. */
    static final double SHARE = 0.6;

    private static final int STEM = 4;
    private static final int SHARED = 7;

    private static final Set<String> EMPTY = Set.of("a", "au", "aux", "avec", "ce", "ces", "cet", "cette", "d", "dans", "de",
            "des", "du", "en",
            "est", "et", "etre", "faire", "faut", "il", "j", "je", "l", "la", "le", "les", "mais", "n", "ne", "notre", "on", "ou",
            "par", "pas", "peut",
            "plus", "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sur", "un", "une", "y");

    /** Words of this trade that mean the same. */
    private static final Map<String, String> MEANING = Map.of("bd", "bdd", "db", "bdd", "sgbd", "bdd", "database", "bdd",
            "decision", "choix", "choisir", "choix");

    private SituationRule() {}

    static List<Row> matching(String situation, List<Row> rows) {
        Set<String> said = words(situation);
        if (said.isEmpty()) {
            return List.of();
        }
        List<Row> same = rows.stream().filter(row -> words(row.situation()).equals(said)).limit(1).toList();
        if (!same.isEmpty()) {
            return same;
        }
        List<Row> whole = rows.stream().filter(row -> isWithin(words(withoutExamples(row.situation())), said)).toList();
        if (!whole.isEmpty()) {
            return whole;
        }
        List<Row> most = largestShare(said, rows);
        return most.isEmpty() ? rows.stream().filter(row -> gives(row, said)).toList() : most;
    }

    private static boolean isWithin(Set<String> row, Set<String> said) {
        return !row.isEmpty() && row.stream().allMatch(word -> isAmong(word, said));
    }

    private static List<Row> largestShare(Set<String> said, List<Row> rows) {
        double largest = 0;
        List<Row> found = List.of();
        for (Row row : rows) {
            Set<String> words = words(withoutExamples(row.situation()));
            long shared = words.stream().filter(word -> isAmong(word, said)).count();
            double share = words.isEmpty() ? 0 : (double) shared / words.size();
            if (share >= SHARE && shared >= Math.min(2, words.size()) && share > largest) {
                largest = share;
                found = List.of(row);
            }
        }
        return found;
    }

    private static boolean gives(Row row, Set<String> said) {
        return words(examples(row.situation())).stream().anyMatch(word -> isAmong(word, said));
    }

    private static boolean isAmong(String word, Set<String> said) {
        return said.stream().anyMatch(other -> isSame(word, other));
    }

    private static boolean isSame(String one, String other) {
        int shared = 0;
        int shorter = Math.min(one.length(), other.length());
        while (shared < shorter && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        boolean isPrefix = shared == shorter && shared >= STEM;
        return one.equals(other) || isPrefix || shared >= SHARED;
    }

    private static Set<String> words(String text) {
        var words = new ArrayList<>(Words.of(text));
        var counted = new LinkedHashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean isBase = (word.equals("base") || word.equals("bases")) && i + 2 < words.size()
                    && words.get(i + 2).startsWith("donnee");
            if (isBase) {
                counted.add("bdd");
                i += 2;
            } else if (!EMPTY.contains(word)) {
                counted.add(MEANING.getOrDefault(word, word));
            }
        }
        return counted;
    }

    private static String withoutExamples(String situation) {
        int open = situation.indexOf('(');
        int close = situation.lastIndexOf(')');
        return open < 0 || close < open ? situation : situation.substring(0, open) + " " + situation.substring(close + 1);
    }

    private static String examples(String situation) {
        int open = situation.indexOf('(');
        int close = situation.lastIndexOf(')');
        return open < 0 || close < open ? "" : situation.substring(open + 1, close);
    }
}
