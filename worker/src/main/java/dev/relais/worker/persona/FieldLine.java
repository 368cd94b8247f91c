package dev.relais.worker.persona;

import java.util.Optional;

/**
 * A line that begins like a field: a word, a colon, and a blank or nothing.
 *
 * @param indent blanks before the word
 * @param value where the value begins, after the colon
 */
record FieldLine(String name, int indent, int value) {
    static final String EXAMPLE = "<example>";
    static final String EXAMPLE_END = "</example>";
    /** No field's name is longer. */
    private static final int LONGEST = 64;

    static Optional<FieldLine> of(String line) {
        int start = 0;
        while (start < line.length() && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        int indent = start;
        boolean isQuoted = start < line.length() && (line.charAt(start) == '"' || line.charAt(start) == '\'');
        start += isQuoted ? 1 : 0;
        int end = start;
        while (end < line.length() && end - start <= LONGEST && isOfName(line.charAt(end))) {
            end++;
        }
        int colon = isQuoted && end < line.length() && line.charAt(end) == line.charAt(indent) ? end + 1 : end;
        while (colon < line.length() && line.charAt(colon) == ' ') {
            colon++;
        }
        boolean hasColon = colon < line.length() && line.charAt(colon) == ':';
        boolean isApart = colon + 1 >= line.length() || Character.isWhitespace(line.charAt(colon + 1));
        return end > start && hasColon && isApart && Character.isLetter(line.charAt(start))
                ? Optional.of(new FieldLine(line.substring(start, end), indent, colon + 1))
                : Optional.empty();
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
}
