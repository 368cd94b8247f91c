package dev.relais.worker.contract;

import dev.relais.worker.persona.Words;

/** A line of a reply without what Markdown and habit put around it. Every step reads a line once. */
final class Plain {
    private static final String RULE = "─━═—–-_=*";
    private static final String STARS = "**";
    private static final String LINES = "__";
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
        while (start < line.length() && MARKS.indexOf(line.charAt(start)) >= 0 && !beginsPattern(line, start)) {
            start++;
        }
        return value(line.substring(start));
    }

    /** Whether the star here is no mark, but the first of a path's pattern: {@code *.ts}, {@code **}{@code /test.ts}. */
    static boolean beginsPattern(String text, int at) {
        boolean isFirst = at == 0 || text.charAt(at - 1) != '*';
        return isFirst && (text.startsWith("*.", at) || text.startsWith(STARS + "/", at));
    }

    /** Without emphasis. What looks like it within a path, {@code src/__init__.py} or {@code src/**}{@code /test.ts}, stays. */
    static String value(String text) {
        return withoutLines(withoutStars(text)).strip();
    }

    private static String withoutStars(String text) {
        var plain = new StringBuilder();
        int at = 0;
        int stars = text.indexOf(STARS);
        while (stars >= 0) {
            boolean isWithinPath = text.startsWith("/", stars + 2)
                    && (isBoundary(text, stars - 1) || text.charAt(stars - 1) == '/');
            plain.append(text, at, isWithinPath ? stars + 2 : stars);
            at = stars + 2;
            stars = text.indexOf(STARS, at);
        }
        return plain.append(text, at, text.length()).toString();
    }

    /** Lines are emphasis in pairs, each at a word's edge. */
    private static String withoutLines(String text) {
        var plain = new StringBuilder();
        int at = 0;
        int open = text.indexOf(LINES);
        while (open >= 0) {
            int close = text.indexOf(LINES, open + 2);
            boolean isPair = close >= 0 && isBoundary(text, open - 1) && isBoundary(text, close + 2);
            plain.append(text, at, open).append(text, isPair ? open + 2 : open, close < 0 ? text.length() : close);
            at = close < 0 ? text.length() : isPair ? close + 2 : close;
            open = close < 0 ? -1 : text.indexOf(LINES, at);
        }
        return plain.append(text, at, text.length()).toString();
    }

    private static boolean isBoundary(String text, int at) {
        return at < 0 || at >= text.length() || Character.isWhitespace(text.charAt(at))
                || "\u00a0:：,;|()`".indexOf(text.charAt(at)) >= 0;
    }

    private static String withoutQuote(String line) {
        int start = 0;
        while (start < line.length() && (line.charAt(start) == '>' || Character.isWhitespace(line.charAt(start)))) {
            start++;
        }
        return line.substring(start).stripTrailing();
    }
}
