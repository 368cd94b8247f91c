package dev.relais.worker.regex;

import java.util.Map;
import java.util.TreeMap;

/** A class in brackets: ranges, escapes, names like {@code [:alpha:]}, classes within, and {@code && -- ~~} between. */
final class ClassReader {
    private static final int DEEPEST = 50;
    private static final Map<String, CodePoints> NAMED = named();

    private final Scanner in;
    private final Flags flags;

    ClassReader(Scanner in, Flags flags) {
        this.in = in;
        this.flags = flags;
    }

    CodePoints read() throws Fault {
        return read(0);
    }

    private CodePoints read(int depth) throws Fault {
        int from = in.at();
        if (depth > DEEPEST) {
            throw new Fault(from, "classes are nested deeper than " + DEEPEST);
        }
        in.take('[');
        boolean negated = in.take('^');
        CodePoints set = union(from, depth, true);
        while (!in.take(']')) {
            if (in.take("&&")) {
                set = set.and(union(from, depth, false));
            } else if (in.take("--")) {
                set = set.without(union(from, depth, false));
            } else {
                in.take("~~");
                CodePoints other = union(from, depth, false);
                set = set.or(other).without(set.and(other));
            }
        }
        CodePoints folded = flags.ignoreCase() ? Unicode.folded(set) : set;
        return negated ? folded.negated() : folded;
    }

    /** Up to the class's end or an operator. */
    private CodePoints union(int from, int depth, boolean atStart) throws Fault {
        CodePoints set = CodePoints.NONE;
        boolean first = atStart;
        while (true) {
            if (!in.hasNext()) {
                throw new Fault(from, "unclosed character class");
            }
            boolean literalBracket = first && in.peek() == ']';
            if (!literalBracket && (in.peek() == ']' || in.looksAt("&&") || (!first && in.looksAt("--")) || in.looksAt("~~"))) {
                return set;
            }
            set = set.or(item(depth));
            first = false;
        }
    }

    private CodePoints item(int depth) throws Fault {
        int from = in.at();
        if (in.looksAt("[:")) {
            CodePoints named = posix();
            if (named != null) {
                return named;
            }
        }
        if (in.peek() == '[') {
            return read(depth + 1);
        }
        CodePoints low = one();
        boolean isRange = in.looksAt("-") && !in.looksAt("-]") && !in.looksAt("--");
        if (!isRange) {
            return low;
        }
        in.take('-');
        CodePoints high = in.hasNext() ? one() : CodePoints.NONE;
        if (!low.isSingle() || !high.isSingle()) {
            throw new Fault(from, "invalid range boundary, must be a literal");
        }
        if (high.first() < low.first()) {
            throw new Fault(from, "invalid character class range, the start must be <= the end");
        }
        return CodePoints.range(low.first(), high.first());
    }

    private CodePoints one() throws Fault {
        int from = in.at();
        int point = in.next();
        if (point != '\\') {
            return CodePoints.of(point);
        }
        if (!in.hasNext()) {
            throw new Fault(from, "incomplete escape sequence, reached end of pattern prematurely");
        }
        // Bounds of ranges are folded with the class as a whole.
        return new EscapeReader(in,
                new Flags(false, flags.lines(), flags.dotAll(), flags.lazy(), flags.verbose(), flags.unicode()))
                .read(from);
    }

    /** @return null where it is no such name, and nothing is taken */
    @org.jspecify.annotations.Nullable
    private CodePoints posix() {
        int from = in.at();
        in.take("[:");
        boolean negated = in.take('^');
        String name = in.upTo(':');
        CodePoints set = name == null ? null : NAMED.get(name);
        if (set == null || !in.take(']')) {
            in.back(from);
            return null;
        }
        return negated ? set.negated() : set;
    }

    private static Map<String, CodePoints> named() {
        CodePoints digit = CodePoints.range('0', '9');
        CodePoints lower = CodePoints.range('a', 'z');
        CodePoints upper = CodePoints.range('A', 'Z');
        CodePoints alpha = lower.or(upper);
        CodePoints graph = CodePoints.range('!', '~');
        var named = new TreeMap<String, CodePoints>();
        named.put("alpha", alpha);
        named.put("digit", digit);
        named.put("alnum", alpha.or(digit));
        named.put("lower", lower);
        named.put("upper", upper);
        named.put("word", alpha.or(digit).or(CodePoints.of('_')));
        named.put("space", CodePoints.of("\t\n\u000B\f\r "));
        named.put("blank", CodePoints.of("\t "));
        named.put("punct", graph.without(alpha.or(digit)));
        named.put("graph", graph);
        named.put("print", CodePoints.range(' ', '~'));
        named.put("cntrl", CodePoints.range(0, 0x1F).or(CodePoints.of(0x7F)));
        named.put("xdigit", digit.or(CodePoints.range('a', 'f')).or(CodePoints.range('A', 'F')));
        named.put("ascii", CodePoints.range(0, 0x7F));
        return named;
    }
}
