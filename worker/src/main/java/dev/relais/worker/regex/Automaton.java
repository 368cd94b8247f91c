package dev.relais.worker.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.relais.worker.regex.Expression.Place;

/**
 * Whether a text holds a match, one table look-up a character: states of the deterministic automaton are made when first reached, and forgotten when
 * they become too many, so that neither time nor memory depends on more than pattern and text. For one thread.
 */
public final class Automaton {
    private static final int UNKNOWN = -1;
    private static final int MATCH = 0;
    private static final int TABLE_CELLS = 1 << 20;
    private static final int MOST_STATES = 10_000;
    private static final int WORK_BETWEEN_CHECKS = 1 << 20;

    private final Program program;
    private final Patience patience;
    private final int[] ascii;
    private final int newline;
    private final int end;
    private final Map<State, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private int[] table;
    private final int width;
    private final int most;
    private int startState;
    private long work;

    private final int[] stack;
    private final int[] seen;
    private int round;
    private int[] reached = new int[16];
    private int reachedSize;

    /** What stands before a position. */
    private enum Before {
        TEXT_START,
        NEWLINE,
        WORD,
        OTHER
    }

    /** Instructions that go on at this position, before any that take no character. */
    private static final class State {
        private final Before before;
        private final int[] seeds;

        State(Before before, int[] seeds) {
            this.before = before;
            this.seeds = seeds;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State state && state.before == before && Arrays.equals(state.seeds, seeds);
        }

        @Override
        public int hashCode() {
            return 31 * before.hashCode() + Arrays.hashCode(seeds);
        }
    }

    Automaton(Program program, Patience patience) {
        this.program = program;
        this.patience = patience;
        this.ascii = program.asciiClasses();
        this.newline = program.classOf('\n');
        this.end = program.classes();
        this.width = end + 1;
        this.most = Math.clamp(TABLE_CELLS / width, 16, MOST_STATES);
        this.table = new int[width * 16];
        this.stack = new int[program.length() * 2 + 2];
        this.seen = new int[program.length()];
        forget();
    }

    private void forget() {
        numbers.clear();
        states.clear();
        states.add(new State(Before.OTHER, new int[0]));
        startState = number(new State(kept(Before.TEXT_START), new int[]{program.start()}));
    }

    /**
     * Looks for the end of the first match.
     *
     * @param text UTF-8, well formed
     * @return a place within or right behind a match, in its last line; {@code -1} where there is none
     */
    public int find(byte[] text, int from, int to) {
        int state = startState;
        int at = from;
        while (at < to) {
            int each = text[at];
            int length = 1;
            int next;
            if (each >= 0) {
                if (each == '\r' && (at + 1 == to || text[at + 1] == '\n')) {
                    at++;
                    continue;
                }
                next = ascii[each];
            } else {
                length = Utf8.length(each);
                next = program.classOf(Utf8.point(text, at, to));
            }
            int then = table[state * width + next];
            state = then == UNKNOWN ? step(state, next) : then;
            if (state == MATCH) {
                return at;
            }
            at += length;
        }
        int then = table[state * width + end];
        return (then == UNKNOWN ? step(state, end) : then) == MATCH ? to : -1;
    }

    private int step(int from, int next) {
        State state = states.get(from);
        if (!close(state, next)) {
            int[] seeds = next == end ? new int[0] : Arrays.copyOf(reached, reachedSize);
            Arrays.sort(seeds);
            if (states.size() >= most) {
                forget();
                return number(new State(kept(before(next)), seeds));
            }
            int number = number(new State(kept(before(next)), seeds));
            table[from * width + next] = number;
            return number;
        }
        table[from * width + next] = MATCH;
        return MATCH;
    }

    private int number(State state) {
        return numbers.computeIfAbsent(state, added -> {
            int number = states.size();
            states.add(added);
            if ((number + 1) * width > table.length) {
                table = Arrays.copyOf(table, Math.max((number + 1) * width, Math.min(table.length * 2, (most + 1) * width)));
            }
            Arrays.fill(table, number * width, (number + 1) * width, UNKNOWN);
            return number;
        });
    }

    /**
     * Collects where the next character leads.
     *
     * @return whether a match ends before it
     */
    private boolean close(State state, int next) {
        round++;
        reachedSize = 0;
        int height = 0;
        for (int seed : state.seeds) {
            stack[height++] = seed;
        }
        while (height > 0) {
            int at = stack[--height];
            if (seen[at] == round) {
                continue;
            }
            seen[at] = round;
            work++;
            switch (program.op(at)) {
                case MATCH -> {
                    return true;
                }
                case CHARS -> reach(at, next);
                case SPLIT -> {
                    stack[height++] = program.out(at);
                    stack[height++] = program.other(at);
                }
                case ASSERT -> {
                    if (holds(program.place(at), state.before, next)) {
                        stack[height++] = program.out(at);
                    }
                }
            }
        }
        reachStart();
        if (work > WORK_BETWEEN_CHECKS) {
            work = 0;
            patience.check();
        }
        return false;
    }

    private void reach(int at, int next) {
        if (next != end && program.accepts(at, next)) {
            add(program.out(at));
        }
    }

    /** A match may begin anywhere. */
    private void reachStart() {
        add(program.start());
        Arrays.sort(reached, 0, reachedSize);
        int kept = 0;
        for (int i = 0; i < reachedSize; i++) {
            if (kept == 0 || reached[kept - 1] != reached[i]) {
                reached[kept++] = reached[i];
            }
        }
        reachedSize = kept;
    }

    private void add(int instruction) {
        if (reachedSize == reached.length) {
            reached = Arrays.copyOf(reached, reachedSize * 2);
        }
        reached[reachedSize++] = instruction;
    }

    private boolean holds(Place place, Before before, int next) {
        boolean wordNext = next != end && program.isWord(next);
        return switch (place) {
            case TEXT_START -> before == Before.TEXT_START;
            case TEXT_END -> next == end;
            case LINE_START -> before == Before.TEXT_START || before == Before.NEWLINE;
            case LINE_END -> next == end || next == newline;
            case WORD_BOUNDARY -> (before == Before.WORD) != wordNext;
            case NO_WORD_BOUNDARY -> (before == Before.WORD) == wordNext;
        };
    }

    private Before before(int characterClass) {
        if (characterClass == newline) {
            return Before.NEWLINE;
        }
        return characterClass != end && program.isWord(characterClass) ? Before.WORD : Before.OTHER;
    }

    /** What no part of the pattern asks for makes no states of its own. */
    private Before kept(Before before) {
        return switch (before) {
            case TEXT_START, NEWLINE -> program.asksForStarts() ? before : Before.OTHER;
            case WORD -> program.asksForWords() ? before : Before.OTHER;
            case OTHER -> before;
        };
    }
}
