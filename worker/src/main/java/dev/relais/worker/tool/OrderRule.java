package dev.relais.worker.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** In which groups a reply's calls run: neighbouring read-only ones side by side, each other one alone (rule 4). */
final class OrderRule {
    /** Beyond this many, reads wait for one another. */
    static final int SIDE_BY_SIDE = 10;

    private OrderRule() {}

    /** @return groups that run one after the other; within a group order does not matter */
    static List<List<ToolCall>> groups(List<ToolCall> calls, Predicate<ToolCall> isReadOnly) {
        var groups = new ArrayList<List<ToolCall>>();
        var open = new ArrayList<ToolCall>();
        for (ToolCall call : calls) {
            if (isReadOnly.test(call)) {
                open.add(call);
            } else {
                close(open, groups);
                groups.add(List.of(call));
            }
        }
        close(open, groups);
        return groups;
    }

    private static void close(List<ToolCall> open, List<List<ToolCall>> groups) {
        for (int from = 0; from < open.size(); from += SIDE_BY_SIDE) {
            groups.add(List.copyOf(open.subList(from, Math.min(open.size(), from + SIDE_BY_SIDE))));
        }
        open.clear();
    }
}
