package dev.relais.worker.regex;

import java.util.List;

/** A regular expression, read: what no longer depends on flags. */
sealed interface Expression {
    /** One character of a set. */
    record Chars(CodePoints set) implements Expression {}

    /** All, one after the other; none matches the empty text. */
    record Concat(List<Expression> parts) implements Expression {
        static final Concat EMPTY = new Concat(List.of());

        public Concat {
            parts = List.copyOf(parts);
        }
    }

    /** The first that fits. */
    record Alternate(List<Expression> options) implements Expression {
        public Alternate {
            options = List.copyOf(options);
        }
    }

    /** @param most {@link #UNBOUNDED} for any number */
    record Repeat(Expression each, int least, int most, boolean greedy) implements Expression {
        static final int UNBOUNDED = -1;
    }

    record Assert(Place place) implements Expression {}

    /** Where a position must be. */
    enum Place {
        TEXT_START,
        TEXT_END,
        LINE_START,
        LINE_END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY
    }

    default boolean asks(Place... places) {
        return switch (this) {
            case Chars _ -> false;
            case Concat concat -> concat.parts().stream().anyMatch(part -> part.asks(places));
            case Alternate alternate -> alternate.options().stream().anyMatch(option -> option.asks(places));
            case Repeat repeat -> repeat.each().asks(places);
            case Assert asked -> List.of(places).contains(asked.place());
        };
    }
}
