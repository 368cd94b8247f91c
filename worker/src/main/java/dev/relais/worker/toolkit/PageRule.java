package dev.relais.worker.toolkit;

import java.util.List;
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
    record Asked(OptionalInt offset, OptionalInt limit, boolean allowLarge) {}

    static Page page(String content, Asked asked) {
        List<String> lines = Lines.of(content);
        if (lines.isEmpty()) {
            return new Page.Shown("Warning: the file exists but the contents are empty.", true);
        }
        int first = Math.max(1, asked.offset().orElse(1));
        if (first > lines.size()) {
            return new Page.Shown(
                    "Warning: the file exists but is shorter than the provided offset (" + first + "). The file has "
                            + lines.size() + " lines.",
                    false);
        }
        int wanted = Math.max(1, asked.limit().orElse(LINES));
        int room = asked.allowLarge() ? LARGE_PAGE_CHARS : PAGE_CHARS;
        var text = new StringBuilder();
        int next = first;
        while (next <= lines.size() && next - first < wanted) {
            String line = numbered(next, lines.get(next - 1));
            if (text.length() + line.length() > room) {
                break;
            }
            text.append(line).append('\n');
            next++;
        }
        boolean explicit = asked.offset().isPresent() || asked.limit().isPresent();
        boolean overCap = next <= lines.size() && next - first < wanted;
        if (explicit && overCap) {
            return new Page.Refused("The lines asked for exceed what one Read may return (25,000 tokens): lines " + first + " to "
                    + (next - 1) + " fit. Use a smaller limit, or Grep for what you look for.");
        }
        return shown(text, first, next - 1, lines.size(), explicit);
    }

    private static Page shown(StringBuilder text, int first, int last, int total, boolean explicit) {
        boolean whole = first == 1 && last == total;
        if (!whole && !explicit) {
            text.append("\nPARTIAL view: lines ").append(first).append("-").append(last).append(" of ").append(total)
                    .append(". Read on with offset ").append(last + 1).append(", or Grep for what you look for.\n");
        }
        return new Page.Shown(text.toString(), whole);
    }

    /** As {@code cat -n} does. */
    static String numbered(int number, String line) {
        String clipped = line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS) + "… [line clipped]";
        return String.format("%6d\t%s", number, clipped);
    }
}
