package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.List;

/** A text's lines as {@code grep} and {@code cat -n} count them; a carriage return at a line's end is not shown. */
final class Lines {
    private Lines() {}

    static List<String> of(String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int stop = end < 0 ? text.length() : end;
            int shown = stop > from && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            lines.add(text.substring(from, shown));
            from = stop + 1;
        }
        return lines;
    }
}
