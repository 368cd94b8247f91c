package dev.relais.worker.toolkit;

import java.io.IOException;
import java.util.OptionalInt;

/** Which lines of a file a Read shows, and how. */
final class PageRule {
    static final int LINES = 2_000;
    static final int LINE_CHARS = 2_000;
    /** About 25,000 tokens. */
    static final int PAGE_CHARS = 100_000;
    /** Where the model says that it knows what it asks for. */
    static final int LARGE_PAGE_CHARS = 400_000;

    private PageRule() {}

    sealed interface Page {
        /** @param whole whether the model has now seen the file from beginning to end */
        record Shown(String text, boolean whole) implements Page {}

        record Refused(String text) implements Page {}
    }

    /** @param offset first line, from 1 */
    record Asked(OptionalInt offset, OptionalInt limit, boolean allowLarge) {
        int first() {
            return Math.max(1, offset.orElse(1));
        }

        int wanted() {
            return Math.max(1, limit.orElse(LINES));
        }

        boolean isExplicit() {
            return offset.isPresent() || limit.isPresent();
        }
    }

    /** Takes all lines of the source, to know how many there are; keeps those of the page. */
    static Page page(LineSource lines, Asked asked) throws IOException, InterruptedException {
        int room = asked.allowLarge() ? LARGE_PAGE_CHARS : PAGE_CHARS;
        var text = new StringBuilder();
        int total = 0;
        int last = asked.first() - 1;
        boolean full = false;
        for (String line = lines.next(); line != null; line = lines.next()) {
            total++;
            if (total >= asked.first() && total - asked.first() < asked.wanted() && !full) {
                String numbered = numbered(total, line);
                full = text.length() + numbered.length() > room;
                if (!full) {
                    text.append(numbered).append('\n');
                    last = total;
                }
            }
        }
        if (total == 0) {
            return new Page.Shown("Warning: the file exists but the contents are empty.", true);
        }
        if (asked.first() > total) {
            return new Page.Shown("Warning: the file exists but is shorter than the provided offset (" + asked.first()
                    + "). The file has " + total + (total == 1 ? " line." : " lines."), false);
        }
        if (full && asked.isExplicit()) {
            return new Page.Refused(
                    "The lines asked for exceed what one Read may return (" + (room / 4_000) + ",000 tokens): lines "
                            + asked.first() + " to " + last + " fit. Use a smaller limit, or Grep for what you look for.");
        }
        return shown(text, asked, last, total);
    }

    private static Page shown(StringBuilder text, Asked asked, int last, int total) {
        boolean whole = asked.first() == 1 && last == total;
        if (!whole && !asked.isExplicit()) {
            text.append("\nPARTIAL view: lines ").append(asked.first()).append("-").append(last).append(" of ").append(total)
                    .append(". Read on with offset ").append(last + 1).append(", or Grep for what you look for.\n");
        }
        return new Page.Shown(text.toString(), whole);
    }

    /** As {@code cat -n} does. */
    static String numbered(int number, String line) {
        return String.format("%6d\t%s", number, line.length() <= LINE_CHARS ? line : clipped(line));
    }

    private static String clipped(String line) {
        boolean half = Character.isHighSurrogate(line.charAt(LINE_CHARS - 1));
        return line.substring(0, half ? LINE_CHARS - 1 : LINE_CHARS) + "… [line clipped]";
    }
}
