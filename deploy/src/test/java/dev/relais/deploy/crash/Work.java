package dev.relais.deploy.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Upstream;

/** Tasks of three turns that write files; what a task's tree is in the end hangs on its sort alone. */
final class Work {
    static final int SORTS = 8;
    private static final int ADVICE = 3;

    private final Fleet fleet;
    private final Map<String, Integer> sorts = new LinkedHashMap<>();

    Work(Fleet fleet) {
        this.fleet = fleet;
    }

    /** @return their ids, of every sort in turn */
    List<String> submit(String prefix, int count) {
        return submit(prefix, count, Map.of());
    }

    /** @param more of each request */
    List<String> submit(String prefix, int count, Map<String, ?> more) {
        var tasks = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            String task = Fleet.newTask(prefix);
            int sort = i % SORTS;
            sorts.put(task, sort);
            tasks.add(task);
            // The reference makes every conversation its own, so that the request log tells tasks apart.
            var request = Upstream.request(task, "TRAVAIL SORTE " + sort + " REF " + task, ADVICE);
            request.putAll(more);
            fleet.upstream().binary("task.requested", task, request);
        }
        return tasks;
    }

    int sort(String task) {
        Integer sort = sorts.get(task);
        if (sort == null) {
            throw new AssertionError("nobody submitted " + task);
        }
        return sort;
    }
}
