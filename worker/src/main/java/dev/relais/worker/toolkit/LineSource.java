package dev.relais.worker.toolkit;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** A file's lines, one after the other. */
interface LineSource {
    /** @return the next line, or its beginning where it is longer than what is shown of one; null behind the last */
    @Nullable
    String next() throws IOException, InterruptedException;

    /** Of a text, as {@code grep} and {@code cat -n} count them; a carriage return at a line's end is not shown. */
    static LineSource of(String text) {
        int[] from = new int[1];
        return () -> {
            if (from[0] >= text.length()) {
                return null;
            }
            int end = text.indexOf('\n', from[0]);
            int stop = end < 0 ? text.length() : end;
            int shown = stop > from[0] && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            String line = text.substring(from[0], Math.min(shown, from[0] + PageRule.LINE_CHARS + 1));
            from[0] = stop + 1;
            return line;
        };
    }
}
