package dev.relais.worker.persona;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What the loader has to say about a file.
 *
 * @param line in the repaired text, from 1; 0 for the file as a whole
 * @param column from 1, or 0
 * @param mend what to write instead, or the empty text
 */
public record Finding(Level level, int line, int column, String problem, String mend) {
    public enum Level {
        /** The file is refused. */
        ERROR,
        /** Something was left out, or has no effect. */
        WARNING,
        /** Read as it was meant, though it is not written as it should be. */
        MENDED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One line for a log or a terminal. */
    public String message() {
        String place = line == 0 ? "" : "line " + line + ", column " + column + ": ";
        return place + problem + (mend.isEmpty() ? "" : "; " + mend);
    }
}
