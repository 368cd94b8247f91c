package dev.relais.worker.persona;

/** The lines that stand around front matter, as people and programs draw them. */
final class Fence {
    static final String EXACT = "---";
    private static final int SHORTEST = 3;
    /** Editors turn hyphens into these. */
    private static final String DASHES = "-–—−‐‑─";

    private Fence() {}

    /** Three dashes or more and nothing else, at the line's beginning. */
    static boolean isRule(String line) {
        String text = line.stripTrailing();
        boolean isTypeset = text.length() < SHORTEST && text.codePoints().allMatch(c -> c == '—');
        return (text.length() >= SHORTEST || (isTypeset && !text.isEmpty()))
                && text.codePoints().allMatch(c -> DASHES.indexOf(c) >= 0);
    }

    static boolean isCode(String line) {
        return !code(line).isEmpty();
    }

    /** The run of backticks or tildes that a code fence begins with; empty for any other line. */
    static String code(String line) {
        String text = line.strip();
        if (!text.startsWith("```") && !text.startsWith("~~~")) {
            return "";
        }
        int length = 0;
        while (length < text.length() && text.charAt(length) == text.charAt(0)) {
            length++;
        }
        return text.substring(0, length);
    }
}
