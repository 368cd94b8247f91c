package dev.relais.worker.regex;

import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.regex.Expression.Assert;
import dev.relais.worker.regex.Expression.Chars;
import dev.relais.worker.regex.Expression.Place;
import dev.relais.worker.regex.Expression.Repeat;

/** Reads a pattern in the syntax of ripgrep; a brace that counts nothing is meant literally. */
final class PatternReader {
    private static final int DEEPEST = 100;
    private static final int MOST_REPEATS = 1_000;

    private final Scanner in;
    private final boolean multiline;
    private Flags flags;

    private PatternReader(String pattern, Flags flags, boolean multiline) {
        this.in = new Scanner(pattern);
        this.flags = flags;
        this.multiline = multiline;
    }

    /** @param multiline whether a match may hold a line's end */
    static Expression read(String pattern, Flags flags, boolean multiline) throws Fault {
        var reader = new PatternReader(pattern, flags, multiline);
        Expression read = reader.alternatives(0);
        if (reader.in.hasNext()) {
            throw new Fault(reader.in.at(), "unopened group");
        }
        return read;
    }

    private Expression alternatives(int depth) throws Fault {
        if (depth > DEEPEST) {
            throw new Fault(in.at(), "groups are nested deeper than " + DEEPEST);
        }
        var options = new ArrayList<Expression>();
        do {
            options.add(sequence(depth));
        } while (in.take('|'));
        return options.size() == 1 ? options.getFirst() : new Expression.Alternate(options);
    }

    private Expression sequence(int depth) throws Fault {
        var parts = new ArrayList<Expression>();
        while (true) {
            skipComments();
            if (!in.hasNext() || in.peek() == '|' || in.peek() == ')') {
                return parts.size() == 1 ? parts.getFirst() : new Expression.Concat(parts);
            }
            int from = in.at();
            int[] counts = counts();
            if (counts.length == 0) {
                parts.add(atom(depth));
            } else if (parts.isEmpty()) {
                throw new Fault(from, "repetition operator missing expression");
            } else {
                boolean greedy = in.take('?') == flags.lazy();
                parts.add(new Repeat(parts.removeLast(), counts[0], counts[1], greedy));
            }
        }
    }

    private void skipComments() {
        while (flags.verbose() && in.hasNext() && (Character.isWhitespace(in.peek()) || in.peek() == '#')) {
            boolean ended = in.next() != '#';
            while (!ended && in.hasNext()) {
                ended = in.next() == '\n';
            }
        }
    }

    /** @return least and most of a repetition operator that stands here; empty where none does, and nothing is taken */
    private int[] counts() throws Fault {
        if (in.take('*')) {
            return new int[]{0, Repeat.UNBOUNDED};
        }
        if (in.take('+')) {
            return new int[]{1, Repeat.UNBOUNDED};
        }
        if (in.take('?')) {
            return new int[]{0, 1};
        }
        int from = in.at();
        if (!in.take('{')) {
            return new int[0];
        }
        int least = in.number();
        int most = !in.take(',') ? least : in.hasNext() && in.peek() == '}' ? Repeat.UNBOUNDED : in.number();
        if (least < 0 || most < Repeat.UNBOUNDED || !in.take('}')) {
            in.back(from);
            return new int[0];
        }
        if (least > MOST_REPEATS || most > MOST_REPEATS) {
            throw new Fault(from, "a repetition counts to " + MOST_REPEATS + " at most");
        }
        if (most != Repeat.UNBOUNDED && most < least) {
            throw new Fault(from, "invalid repetition count range, the start must be <= the end");
        }
        return new int[]{least, most};
    }

    private Expression atom(int depth) throws Fault {
        int from = in.at();
        int each = in.next();
        return switch (each) {
            case '(' -> group(from, depth);
            case '[' -> {
                in.back(from);
                yield chars(from, new ClassReader(in, flags).read());
            }
            case '.' -> new Chars(flags.dotAll() ? line(CodePoints.ALL) : CodePoints.ALL.without(CodePoints.of('\n')));
            case '^' -> new Assert(flags.lines() ? Place.LINE_START : Place.TEXT_START);
            case '$' -> new Assert(flags.lines() ? Place.LINE_END : Place.TEXT_END);
            case '\\' -> escape(from);
            default -> chars(from, folded(CodePoints.of(each)));
        };
    }

    private Expression escape(int from) throws Fault {
        if (!in.hasNext()) {
            throw new Fault(from, "incomplete escape sequence, reached end of pattern prematurely");
        }
        int kind = in.peek();
        Place place = switch (kind) {
            case 'b' -> Place.WORD_BOUNDARY;
            case 'B' -> Place.NO_WORD_BOUNDARY;
            case 'A' -> multiline ? Place.TEXT_START : Place.LINE_START;
            case 'z' -> multiline ? Place.TEXT_END : Place.LINE_END;
            default -> null;
        };
        if (place != null) {
            in.next();
            return new Assert(place);
        }
        return chars(from, new EscapeReader(in, flags).read(from));
    }

    private Expression chars(int from, CodePoints set) throws Fault {
        if (!multiline && set.isSingle() && set.first() == '\n') {
            throw new Fault(from,
                    "the literal \"\\n\" is not allowed in a pattern that is held against single lines. Set multiline to"
                            + " true to match over lines");
        }
        return new Chars(line(set));
    }

    private CodePoints line(CodePoints set) {
        return multiline ? set : set.without(CodePoints.of('\n'));
    }

    private CodePoints folded(CodePoints set) {
        return flags.ignoreCase() ? Unicode.folded(set) : set;
    }

    private Expression group(int from, int depth) throws Fault {
        Flags outside = flags;
        if (in.take('?')) {
            for (String look : List.of("=", "!", "<=", "<!")) {
                if (in.looksAt(look)) {
                    throw new Fault(from, "look-around, including look-ahead and look-behind, is not supported");
                }
            }
            if (in.looksAt("P<") || in.looksAt("<")) {
                in.take('P');
                skipName(from);
            } else if (!switchFlags(from)) {
                return Expression.Concat.EMPTY;
            }
        }
        Expression inside = alternatives(depth + 1);
        if (!in.take(')')) {
            throw new Fault(from, "unclosed group");
        }
        flags = outside;
        return inside;
    }

    private void skipName(int from) throws Fault {
        while (in.hasNext()) {
            if (in.next() == '>') {
                return;
            }
        }
        throw new Fault(from, "unclosed capture group name");
    }

    /** @return whether a group follows; else the flags hold for the rest of the group around */
    private boolean switchFlags(int from) throws Fault {
        boolean on = true;
        while (in.hasNext()) {
            int at = in.at();
            int each = in.next();
            if (each == ':' || each == ')') {
                return each == ':';
            }
            if (each == '-' && on) {
                on = false;
                continue;
            }
            Flags switched = each < 128 ? flags.with((char) each, on) : null;
            if (switched == null) {
                throw new Fault(at, "unrecognized flag");
            }
            flags = switched;
        }
        throw new Fault(from, "unclosed group");
    }
}
