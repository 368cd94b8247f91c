package dev.relais.worker.search;

import dev.relais.worker.regex.TextPattern;

/**
 * What is looked for, and what is to be shown of it.
 *
 * @param multiline whether a match may span lines
 * @param keep entries that are shown at most; more are counted
 */
public record Query(TextPattern pattern, Mode mode, Print print, boolean multiline, int keep) {
    /** What an entry is. */
    public enum Mode {
        FILES,
        CONTENT,
        COUNT
    }

    /**
     * How a line is shown.
     *
     * @param before lines of context
     * @param after lines of context
     * @param onlyMatching show what matched instead of its line, without context
     */
    public record Print(int before, int after, boolean numbers, boolean onlyMatching) {}
}
