package dev.relais.worker.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** A set of Unicode code points, as sorted ranges. Surrogates are no characters, and in no set. */
final class CodePoints {
    static final int LAST = Character.MAX_CODE_POINT;
    static final CodePoints NONE = new CodePoints(new int[0]);
    static final CodePoints ALL = new CodePoints(new int[]{0, Character.MIN_SURROGATE - 1, Character.MAX_SURROGATE + 1, LAST});

    /** First and last of each range, in turn. */
    private final int[] bounds;

    private CodePoints(int[] bounds) {
        this.bounds = bounds;
    }

    static CodePoints of(int point) {
        return range(point, point);
    }

    static CodePoints range(int first, int last) {
        return new CodePoints(new int[]{first, last}).and(ALL);
    }

    static CodePoints of(String points) {
        return points.codePoints().mapToObj(CodePoints::of).reduce(NONE, CodePoints::or);
    }

    static CodePoints where(IntPredicate wanted) {
        int[] found = new int[64];
        int size = 0;
        int first = -1;
        for (int point = 0; point <= LAST + 1; point++) {
            boolean in = point <= LAST && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    && wanted.test(point);
            if (in && first < 0) {
                first = point;
            } else if (!in && first >= 0) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, size * 2);
                }
                found[size++] = first;
                found[size++] = point - 1;
                first = -1;
            }
        }
        return new CodePoints(Arrays.copyOf(found, size));
    }

    CodePoints or(CodePoints other) {
        List<int[]> all = new ArrayList<>(ranges());
        all.addAll(other.ranges());
        all.sort((a, b) -> Integer.compare(a[0], b[0]));
        int[] merged = new int[all.size() * 2];
        int size = 0;
        for (int[] range : all) {
            if (size > 0 && range[0] <= merged[size - 1] + 1) {
                merged[size - 1] = Math.max(merged[size - 1], range[1]);
            } else {
                merged[size++] = range[0];
                merged[size++] = range[1];
            }
        }
        return new CodePoints(Arrays.copyOf(merged, size));
    }

    CodePoints and(CodePoints other) {
        int[] common = new int[bounds.length + other.bounds.length + 2];
        int size = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < bounds.length && theirs < other.bounds.length) {
            int first = Math.max(bounds[mine], other.bounds[theirs]);
            int last = Math.min(bounds[mine + 1], other.bounds[theirs + 1]);
            if (first <= last) {
                common[size++] = first;
                common[size++] = last;
            }
            if (bounds[mine + 1] < other.bounds[theirs + 1]) {
                mine += 2;
            } else {
                theirs += 2;
            }
        }
        return new CodePoints(Arrays.copyOf(common, size));
    }

    CodePoints without(CodePoints other) {
        return and(other.negated());
    }

    /** All characters that are not in this set. */
    CodePoints negated() {
        int[] rest = new int[bounds.length + 2];
        int size = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                rest[size++] = next;
                rest[size++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= LAST) {
            rest[size++] = next;
            rest[size++] = LAST;
        }
        return new CodePoints(Arrays.copyOf(rest, size)).and(ALL);
    }

    boolean contains(int point) {
        int at = Arrays.binarySearch(bounds, point);
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    boolean isSingle() {
        return bounds.length == 2 && bounds[0] == bounds[1];
    }

    int first() {
        return bounds[0];
    }

    long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    /** First and last of each. */
    List<int[]> ranges() {
        var ranges = new ArrayList<int[]>();
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.add(new int[]{bounds[i], bounds[i + 1]});
        }
        return ranges;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePoints set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }
}
