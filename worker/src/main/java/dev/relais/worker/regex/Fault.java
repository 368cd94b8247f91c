package dev.relais.worker.regex;

/** Why a pattern cannot be read, and where: never leaves this package. */
final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int at;

    /** @param at index of the character in the pattern */
    Fault(int at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    /** As ripgrep prints it: the pattern, a caret below the place, the reason. */
    String diagnostic(String pattern) {
        int lineStart = pattern.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
        int lineEnd = pattern.indexOf('\n', lineStart);
        String line = pattern.substring(lineStart, lineEnd < 0 ? pattern.length() : lineEnd);
        int column = line.codePointCount(0, Math.clamp(at - lineStart, 0, line.length()));
        return "regex parse error:\n    " + line + "\n    " + " ".repeat(column) + "^\nerror: " + getMessage();
    }
}
