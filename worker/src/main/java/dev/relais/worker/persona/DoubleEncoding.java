package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Undoes what happens to a UTF-8 file that is read as windows-1252 or windows-1254 and written as UTF-8 again, where the bytes that the codepage leaves
 * undefined are often lost. A file may have gone through it more than once. It is done for the whole text or not at all, so that a text which only looks a little like it stays as it is.
 */
final class DoubleEncoding {
    /** This many broken lines in a row are a drawn rule, never one box character after another. */
    private static final int RULE = 3;
    private static final char HEAVY_LINE = '━';

    private DoubleEncoding() {}

    /** @param repairs in the text's order */
    record Undone(String text, List<Repair> repairs) {
        Undone {
            repairs = List.copyOf(repairs);
        }
    }

    static Undone undo(String text, Effort effort) {
        var repairs = new ArrayList<Repair>();
        String now = text;
        // Each round leaves fewer characters, so that it ends.
        for (Optional<Attempt> attempt = likeliest(now, effort); attempt.isPresent(); attempt = likeliest(now, effort)) {
            Attempt done = attempt.get();
            repairs.add(new Repair(Repair.Kind.DOUBLE_ENCODING, 1, 1, "UTF-8 read as " + done.codepage().label(),
                    "UTF-8, " + done.whole() + " characters as they were, " + done.rebuilt().size() + " rebuilt"));
            repairs.addAll(done.rebuilt());
            now = FileText.withoutMark(done.text(), repairs);
        }
        return new Undone(now, repairs);
    }

    private static Optional<Attempt> likeliest(String text, Effort effort) {
        effort.spend(text.length());
        if (text.chars().allMatch(c -> c < 0x80)) {
            return Optional.empty();
        }
        return Codepage.ALL.stream().map(codepage -> new Attempt(codepage, text, effort))
                .filter(Attempt::succeeds).min(Comparator.comparingLong(Attempt::doubt));
    }

    /** One codepage tried on a text. */
    private static final class Attempt {
        private final Codepage codepage;
        private final String text;
        private final Effort effort;
        private final StringBuilder result = new StringBuilder();
        private final List<Repair> rebuilt = new ArrayList<>();
        private int whole;
        private int rules;
        private long doubt;
        private int line = 1;
        private int column = 1;
        private int at;

        Attempt(Codepage codepage, String text, Effort effort) {
            this.codepage = codepage;
            this.text = text;
            this.effort = effort;
        }

        /** What survived whole is the evidence: letters that merely could have lost a byte are none. */
        boolean succeeds() {
            while (at < text.length()) {
                effort.spend(1);
                if (text.charAt(at) < 0x80) {
                    put(text.charAt(at));
                    at++;
                } else if (!character()) {
                    return false;
                }
            }
            return whole > 0 || rules > 0;
        }

        long doubt() {
            return doubt;
        }

        Codepage codepage() {
            return codepage;
        }

        String text() {
            return result.toString();
        }

        int whole() {
            return whole;
        }

        List<Repair> rebuilt() {
            return rebuilt;
        }

        /** A leading byte and all that continue it. */
        private boolean character() {
            Utf8Run run = Utf8Run.read(text, at, codepage);
            effort.spend(run.end() - at);
            Optional<Integer> exact = run.exact();
            if (exact.isPresent()) {
                put(exact.get());
                whole++;
                at = run.end();
                return true;
            }
            List<Integer> candidates = run.candidates(codepage.undefined());
            if (candidates.isEmpty()) {
                return false;
            }
            int times = candidates.contains((int) HEAVY_LINE) ? repetitions(run) : 1;
            boolean isRule = times >= RULE;
            rules += isRule ? 1 : 0;
            String before = text.substring(at, run.end());
            for (int i = 0; i < times; i++) {
                rebuild(before, isRule ? HEAVY_LINE : chosen(candidates, run.end()));
            }
            at += times * before.length();
            return true;
        }

        private int repetitions(Utf8Run run) {
            int length = run.end() - at;
            int times = 1;
            while (text.startsWith(text.substring(at, run.end()), at + times * length)) {
                times++;
            }
            effort.spend((long) times * length);
            return times;
        }

        private void rebuild(String before, int character) {
            rebuilt.add(new Repair(Repair.Kind.REBUILT, line, column, shown(before), Character.toString(character)));
            doubt += 1 + UsualCharacters.rank(character);
            put(character);
        }

        private int chosen(List<Integer> candidates, int next) {
            if (candidates.contains(Joiner.ZERO_WIDTH) && Joiner.joins(result, text, next, codepage)) {
                return Joiner.ZERO_WIDTH;
            }
            boolean closesBox = candidates.contains((int) '┐') && endsWith('─');
            return closesBox ? '┐' : candidates.stream().min(UsualCharacters.mostUsualFirst()).orElseThrow();
        }

        private boolean endsWith(char c) {
            return !result.isEmpty() && result.charAt(result.length() - 1) == c;
        }

        private void put(int character) {
            result.appendCodePoint(character);
            line += character == '\n' ? 1 : 0;
            column = character == '\n' ? 1 : column + 1;
        }
    }

    private static String shown(String text) {
        var shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? String.format("U+%04X", c) : Character.toString(c)));
        return shown.toString();
    }
}
