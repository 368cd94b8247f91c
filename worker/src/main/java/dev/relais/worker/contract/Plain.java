package dev.relais.worker.contract;

import dev.relais.worker.persona.Words;

/** A line of a reply without what Markdown and habit put around it. Every step reads a line once. */
final class Plain {
    private static final String RULE = "─━═—–-_=*";
    private static final String MARKS = "#*-•+>\t ";

    private Plain() {}

    /** The line's words, folded, with one space between: emoji, rules, fences (their language too) and emphasis are none. */
    static String words(String line) {
        return isFence(line) ? "" : String.join(" ", Words.of(line));
    }

    static boolean isFence(String line) {
        String stripped = withoutQuote(line);
        return stripped.startsWith("```") || stripped.startsWith("~~~");
    }

    /** At least three of the characters that rules are drawn with, and nothing else but a table's bars. */
    static boolean isRule(String line) {
        String stripped = withoutQuote(line);
        int drawn = 0;
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (RULE.indexOf(c) >= 0) {
                drawn++;
            } else if (" |:".indexOf(c) < 0) {
                return false;
            }
        }
        return drawn >= 3;
    }

    static boolean isListed(String line) {
        String stripped = withoutQuote(line);
        return !stripped.isEmpty() && ("-*•+`|".indexOf(stripped.charAt(0)) >= 0 || Character.isDigit(stripped.charAt(0)));
    }

    /** Without quote marks, list marks, heading marks and emphasis. */
    static String unmarked(String line) {
        int start = 0;
        while (start < line.length() && MARKS.indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        return value(line.substring(start));
    }

    /** Without emphasis. */
    static String value(String text) {
        return text.replace("**", "").replace("__", "").strip();
    }

    private static String withoutQuote(String line) {
        int start = 0;
        while (start < line.length() && (line.charAt(start) == '>' || Character.isWhitespace(line.charAt(start)))) {
            start++;
        }
        return line.substring(start).stripTrailing();
    }
}
