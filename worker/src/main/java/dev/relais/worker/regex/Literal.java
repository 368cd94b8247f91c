package dev.relais.worker.regex;

import java.util.ArrayList;
import java.util.List;

/** A text that every match holds: what does not hold it need not be looked at. */
record Literal(String text, boolean isWhole) {
    static final Literal NONE = new Literal("", false);

    /** The longest one. */
    static Literal of(Expression expression) {
        List<String> runs = new ArrayList<>();
        var open = new StringBuilder();
        boolean whole = collect(expression, open, runs);
        runs.add(open.toString());
        String longest = runs.stream().reduce("", (a, b) -> b.length() > a.length() ? b : a);
        return longest.isEmpty() ? NONE : new Literal(longest, whole && runs.stream().filter(run -> !run.isEmpty()).count() == 1);
    }

    /** @return whether nothing but the run is asked for */
    private static boolean collect(Expression expression, StringBuilder open, List<String> runs) {
        return switch (expression) {
            case Expression.Chars chars when chars.set().isSingle() && chars.set().first() != '\n' -> {
                open.appendCodePoint(chars.set().first());
                yield true;
            }
            case Expression.Concat concat -> {
                boolean whole = true;
                for (Expression part : concat.parts()) {
                    whole &= collect(part, open, runs);
                }
                yield whole;
            }
            case Expression.Assert _ -> false;
            case Expression.Repeat repeat when repeat.least() > 0 -> {
                collect(repeat.each(), open, runs);
                close(open, runs);
                yield false;
            }
            case Expression.Chars _,Expression.Alternate _,Expression.Repeat _ -> {
                close(open, runs);
                yield false;
            }
        };
    }

    private static void close(StringBuilder open, List<String> runs) {
        runs.add(open.toString());
        open.setLength(0);
    }
}
