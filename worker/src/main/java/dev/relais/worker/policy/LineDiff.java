package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines that a change adds or takes away, each counted as often as it stands; moving a line is no change of it. */
record LineDiff(List<String> added, List<String> removed) {
    LineDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    static LineDiff of(String before, String after) {
        return new LineDiff(beyond(before, after), beyond(after, before));
    }

    private static List<String> beyond(String known, String text) {
        Map<String, Integer> left = known(known);
        var beyond = new ArrayList<String>();
        text.lines().filter(line -> !take(left, line) && !line.isBlank()).forEach(line -> beyond.add(line.strip()));
        return beyond;
    }

    /** How often each line stands in a text, its indentation aside. */
    static Map<String, Integer> known(String text) {
        var counts = new HashMap<String, Integer>();
        text.lines().forEach(line -> counts.merge(line.strip(), 1, Integer::sum));
        return counts;
    }

    /** Whether the line is among those known; it is then taken from them. */
    static boolean take(Map<String, Integer> known, String line) {
        Integer left = known.get(line.strip());
        if (left == null || left == 0) {
            return false;
        }
        known.put(line.strip(), left - 1);
        return true;
    }
}
