package dev.relais.worker.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import dev.relais.worker.regex.Expression.Place;

/** A regular expression, ready for use by any number of threads. */
public final class TextPattern {
    private final Expression expression;
    private final Program program;
    private final Literal literal;
    private final boolean asksForWords;
    private final Lazily plain;
    private final Lazily fenced;

    /**
     * How a pattern is meant.
     *
     * @param multiline whether a match may span lines; {@code .} then matches a line's end
     */
    public record Options(boolean ignoreCase, boolean multiline) {}

    public sealed interface Read {
        record Usable(TextPattern pattern) implements Read {}

        /** @param diagnostic with the place, as ripgrep prints it */
        record Malformed(String diagnostic) implements Read {}
    }

    /** From the first character to behind the last. */
    public record Span(int from, int to) {}

    private TextPattern(Expression expression) {
        this.expression = expression;
        this.program = new Program(expression);
        this.literal = Literal.of(expression);
        this.asksForWords = expression.asks(Place.WORD_BOUNDARY, Place.NO_WORD_BOUNDARY);
        this.plain = new Lazily(() -> Re2Text.plain(expression));
        this.fenced = new Lazily(() -> Re2Text.fenced(expression));
    }

    public static Read read(String pattern, Options options) {
        try {
            var flags = new Flags(options.ignoreCase(), true, options.multiline(), false, false, true);
            Expression expression = PatternReader.read(pattern, flags, options.multiline());
            if (Program.size(expression) > Program.LARGEST) {
                return new Read.Malformed("regex parse error: the pattern is too large when its repetitions are written out ("
                        + Program.LARGEST + " characters at most)");
            }
            var read = new TextPattern(expression);
            read.plain.get();
            return new Read.Usable(read);
        } catch (Fault fault) {
            return new Read.Malformed(fault.diagnostic(pattern));
        } catch (PatternSyntaxException e) {
            return new Read.Malformed("regex parse error: " + e.getMessage());
        }
    }

    /** A text in UTF-8, one character a byte, that every match holds; empty where there is none. */
    public String literal() {
        return new String(literal.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether what holds {@link #literal} matches. */
    public boolean isLiteral() {
        return literal.isWhole();
    }

    public Automaton automaton(Patience patience) {
        return new Automaton(program, patience);
    }

    /** All matches, none overlapping another, empty ones too. */
    public List<Span> spans(String text, Patience patience) {
        boolean inOtherWriting = asksForWords && Re2Text.needsFences(text);
        return inOtherWriting ? fencedSpans(text, patience) : spans(plain.get(), text, patience);
    }

    private static List<Span> spans(Pattern pattern, String text, Patience patience) {
        var spans = new ArrayList<Span>();
        for (Matcher matcher = pattern.matcher(new WatchedText(text, patience)); matcher.find();) {
            spans.add(new Span(matcher.start(), matcher.end()));
        }
        return spans;
    }

    private List<Span> fencedSpans(String text, Patience patience) {
        Re2Text.Fenced written = Re2Text.Fenced.of(text);
        var spans = new ArrayList<Span>();
        for (Span span : spans(fenced.get(), written.text(), patience)) {
            // An empty match may be found inside a group: there is no such place in the text.
            var back = new Span(written.place(span.from()), written.place(span.to()));
            boolean inside = span.from() == span.to() && span.from() > 0
                    && written.place(span.from() - 1) == written.place(span.from());
            if (!inside) {
                spans.add(back);
            }
        }
        return spans;
    }

    @Override
    public String toString() {
        return Re2Text.plain(expression);
    }

    /** Made when first asked for: most searches need no spans. */
    private static final class Lazily {
        private final java.util.function.Supplier<String> text;
        @org.jspecify.annotations.Nullable
        private volatile Pattern made;

        Lazily(java.util.function.Supplier<String> text) {
            this.text = text;
        }

        Pattern get() {
            Pattern before = made;
            if (before == null) {
                before = Pattern.compile(text.get());
                made = before;
            }
            return before;
        }
    }
}
