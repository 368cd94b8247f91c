package dev.relais.worker.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.relais.worker.regex.Expression.Place;
import dev.relais.worker.regex.Expression.Repeat;

/**
 * An expression as instructions of a non-deterministic automaton, over classes of characters that no part of it tells apart. Immutable; automata share it.
 */
final class Program {
    /** Steps of the automaton: each character of a text may touch all of them. */
    static final int LARGEST = 20_000;

    /** What an instruction does. */
    enum Op {
        CHARS,
        SPLIT,
        ASSERT,
        MATCH
    }

    private final List<Op> ops = new ArrayList<>();
    private final List<int[]> targets = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<CodePoints, Integer> sets = new LinkedHashMap<>();
    private final int start;
    private final boolean asksForWords;
    private final boolean asksForStarts;

    private final int[] segments;
    private final int[] segmentClass;
    private final int[] asciiClass = new int[128];
    private final List<BitSet> classesOfSet = new ArrayList<>();
    private final BitSet wordClasses = new BitSet();
    private final int classes;

    Program(Expression expression) {
        asksForWords = expression.asks(Place.WORD_BOUNDARY, Place.NO_WORD_BOUNDARY);
        asksForStarts = expression.asks(Place.LINE_START, Place.TEXT_START);
        start = compile(expression, add(Op.MATCH, 0, 0, 0));
        List<CodePoints> all = new ArrayList<>(sets.keySet());
        all.add(CodePoints.of('\n'));
        all.add(asksForWords ? Unicode.word() : CodePoints.NONE);
        segments = segments(all);
        segmentClass = new int[segments.length];
        classes = classify(all);
        for (int point = 0; point < asciiClass.length; point++) {
            asciiClass[point] = search(point);
        }
    }

    /** How many instructions an expression takes, repetitions written out. */
    static long size(Expression expression) {
        return switch (expression) {
            case Expression.Chars _,Expression.Assert _ -> 1;
            case Expression.Concat concat -> concat.parts().stream().mapToLong(Program::size).sum();
            case Expression.Alternate alternate -> alternate.options().stream().mapToLong(option -> size(option) + 1).sum();
            case Repeat repeat -> Math.min(LARGEST + 1L,
                    (size(repeat.each()) + 1) * Math.max(1, Math.max(repeat.least(), repeat.most())));
        };
    }

    private int add(Op op, int argument, int out, int other) {
        ops.add(op);
        targets.add(new int[]{argument, out, other});
        return ops.size() - 1;
    }

    /** @return where to enter what goes on at {@code next} */
    private int compile(Expression expression, int next) {
        return switch (expression) {
            case Expression.Chars chars -> add(Op.CHARS, sets.computeIfAbsent(chars.set(), _ -> sets.size()), next, next);
            case Expression.Assert asked -> {
                places.add(asked.place());
                yield add(Op.ASSERT, places.size() - 1, next, next);
            }
            case Expression.Concat concat -> {
                int entry = next;
                for (Expression part : concat.parts().reversed()) {
                    entry = compile(part, entry);
                }
                yield entry;
            }
            case Expression.Alternate alternate -> {
                int entry = compile(alternate.options().getLast(), next);
                for (Expression option : alternate.options().reversed().subList(1, alternate.options().size())) {
                    entry = add(Op.SPLIT, 0, compile(option, next), entry);
                }
                yield entry;
            }
            case Repeat repeat -> repeat(repeat, next);
        };
    }

    private int repeat(Repeat repeat, int next) {
        int entry = next;
        if (repeat.most() == Repeat.UNBOUNDED) {
            int loop = add(Op.SPLIT, 0, next, next);
            targets.get(loop)[1] = compile(repeat.each(), loop);
            entry = loop;
        } else {
            for (int i = repeat.least(); i < repeat.most(); i++) {
                entry = add(Op.SPLIT, 0, compile(repeat.each(), entry), next);
            }
        }
        for (int i = 0; i < repeat.least(); i++) {
            entry = compile(repeat.each(), entry);
        }
        return entry;
    }

    private static int[] segments(List<CodePoints> sets) {
        var starts = new TreeSet<Integer>();
        starts.add(0);
        for (CodePoints set : sets) {
            for (int[] range : set.ranges()) {
                starts.add(range[0]);
                starts.add(range[1] + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Gives segments that lie in the same sets the same class. */
    private int classify(List<CodePoints> all) {
        var known = new HashMap<BitSet, Integer>();
        sets.forEach((_, _) -> classesOfSet.add(new BitSet()));
        for (int segment = 0; segment < segments.length; segment++) {
            var in = new BitSet();
            for (int set = 0; set < all.size(); set++) {
                in.set(set, all.get(set).contains(segments[segment]));
            }
            int found = known.computeIfAbsent(in, _ -> known.size());
            segmentClass[segment] = found;
            for (int set = 0; set < classesOfSet.size(); set++) {
                classesOfSet.get(set).set(found, in.get(set));
            }
            wordClasses.set(found, in.get(all.size() - 1));
        }
        return known.size();
    }

    private int search(int point) {
        int at = Arrays.binarySearch(segments, point);
        return segmentClass[at >= 0 ? at : -at - 2];
    }

    int start() {
        return start;
    }

    int length() {
        return ops.size();
    }

    Op op(int at) {
        return ops.get(at);
    }

    Place place(int at) {
        return places.get(targets.get(at)[0]);
    }

    int out(int at) {
        return targets.get(at)[1];
    }

    int other(int at) {
        return targets.get(at)[2];
    }

    boolean accepts(int at, int characterClass) {
        return classesOfSet.get(targets.get(at)[0]).get(characterClass);
    }

    int classes() {
        return classes;
    }

    int classOf(int point) {
        return point < 128 ? asciiClass[point] : search(point);
    }

    /** Of the first 128 characters. */
    int[] asciiClasses() {
        return asciiClass.clone();
    }

    boolean isWord(int characterClass) {
        return wordClasses.get(characterClass);
    }

    boolean asksForWords() {
        return asksForWords;
    }

    boolean asksForStarts() {
        return asksForStarts;
    }
}
