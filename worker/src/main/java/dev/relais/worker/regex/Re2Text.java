package dev.relais.worker.regex;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An expression in RE2's syntax, all sets written out, so that it means the same there.
 *
 * <p>RE2's word boundaries know ASCII alone. For texts with other word characters both pattern and text are written in another way: such a character
 * stands between two {@code Z}, so that RE2 sees a word there; a {@code Z} itself becomes a mark between two {@code Z}. No text holds the mark, and
 * a {@code Z} stands nowhere else, so no match begins or ends inside such a group.
 */
final class Re2Text {
    private static final int FENCE = 'Z';
    private static final int MARK = Character.MIN_SURROGATE;
    private static final String NOTHING = "[^\\x{0}-\\x{10FFFF}]";

    private final boolean fenced;

    private Re2Text(boolean fenced) {
        this.fenced = fenced;
    }

    static String plain(Expression expression) {
        return new Re2Text(false).text(expression);
    }

    static String fenced(Expression expression) {
        return new Re2Text(true).text(expression);
    }

    private static final class Wide {
        static final CodePoints SET = Unicode.word().without(CodePoints.range(0, 127)).or(CodePoints.of(FENCE));
    }

    /** Whether RE2 would take a boundary of this text wrongly. */
    static boolean needsFences(String text) {
        return text.codePoints().anyMatch(point -> point > 127 && Wide.SET.contains(point));
    }

    /** A text in the other way of writing. */
    static final class Fenced {
        private final String text;
        private final int[] places;

        private Fenced(String text, int[] places) {
            this.text = text;
            this.places = places;
        }

        String text() {
            return text;
        }

        /** Of a character of {@link #text}, or its end, in the first way of writing. */
        int place(int at) {
            return places[at];
        }

        static Fenced of(String text) {
            var written = new StringBuilder(text.length() * 2);
            int[] places = new int[text.length() * 3 + 1];
            for (int at = 0; at < text.length();) {
                int point = text.codePointAt(at);
                int from = written.length();
                if (Wide.SET.contains(point)) {
                    written.appendCodePoint(FENCE).appendCodePoint(point == FENCE ? MARK : point).appendCodePoint(FENCE);
                } else {
                    written.appendCodePoint(point);
                }
                for (int i = from; i < written.length(); i++) {
                    places[i] = at;
                }
                at += Character.charCount(point);
            }
            places[written.length()] = text.length();
            return new Fenced(written.toString(), places);
        }
    }

    private String text(Expression expression) {
        return switch (expression) {
            case Expression.Chars chars -> fenced ? fence(chars.set()) : set(chars.set().ranges());
            case Expression.Concat concat -> concat.parts().stream().map(this::text).collect(Collectors.joining());
            case Expression.Alternate alternate ->
                alternate.options().stream().map(this::text).collect(Collectors.joining("|", "(?:", ")"));
            case Expression.Repeat repeat -> "(?:" + text(repeat.each()) + ")" + counts(repeat) + (repeat.greedy() ? "" : "?");
            case Expression.Assert asked -> switch (asked.place()) {
                case TEXT_START -> "\\A";
                case TEXT_END -> "\\z";
                case LINE_START -> "(?m:^)";
                case LINE_END -> "(?m:$)";
                case WORD_BOUNDARY -> "\\b";
                case NO_WORD_BOUNDARY -> "\\B";
            };
        };
    }

    private static String counts(Expression.Repeat repeat) {
        boolean endless = repeat.most() == Expression.Repeat.UNBOUNDED;
        return "{" + repeat.least() + (endless ? ",}" : "," + repeat.most() + "}");
    }

    private static String fence(CodePoints set) {
        CodePoints wide = set.and(Wide.SET);
        var inside = new java.util.ArrayList<>(wide.without(CodePoints.of(FENCE)).ranges());
        if (wide.contains(FENCE)) {
            inside.add(new int[]{MARK, MARK});
        }
        return "(?:" + set(set.without(Wide.SET).ranges()) + "|Z" + set(inside) + "Z)";
    }

    private static String set(List<int[]> ranges) {
        return ranges.isEmpty()
                ? NOTHING
                : ranges.stream().map(Re2Text::range).collect(Collectors.joining("", "[", "]"));
    }

    private static String range(int[] range) {
        String first = "\\x{" + Integer.toHexString(range[0]) + "}";
        return range[0] == range[1] ? first : first + "-\\x{" + Integer.toHexString(range[1]) + "}";
    }
}
