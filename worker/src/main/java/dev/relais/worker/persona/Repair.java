package dev.relais.worker.persona;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What was set right in a file before it was read. The persona's text and hash are those of the result.
 *
 * @param line in the result, from 1
 * @param column in the result, in characters, from 1
 * @param before what stood there, or the name of what did; control characters are written as U+0000
 * @param after what stands there now
 */
public record Repair(Kind kind, int line, int column, String before, String after) {
    public enum Kind {
        /** The bytes were not UTF-8. */
        ENCODING,
        BYTE_ORDER_MARK,
        LINE_ENDS,
        /** The whole text had been encoded twice. */
        DOUBLE_ENCODING,
        /** One character of such a text had lost bytes: it is the likeliest of those that it can have been. */
        REBUILT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One line for a log or a terminal. */
    public String message() {
        return "line " + line + ", column " + column + ": " + kind.word().replace('-', ' ') + ": " + before + " → " + after;
    }
}
