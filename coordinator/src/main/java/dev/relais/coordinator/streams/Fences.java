package dev.relais.coordinator.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.relais.coordinator.lease.LeaseRule;
import dev.relais.schemas.event.WorkerId;

/**
 * Which beats of zombies were answered. They beat each tick, and an answer may be missed: so each is told once a lease. In memory alone, because what a
 * shard forgets when it starts is only said once more; it holds no more than the last beat of each worker names.
 */
final class Fences {
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Map<WorkerId, Map<String, Long>> said = new HashMap<>();

    /**
     * @param zombies all the runs of one beat that are not current
     * @return those that are told so now
     */
    List<String> due(WorkerId worker, Set<String> zombies, long tick) {
        if (zombies.isEmpty()) {
            said.remove(worker);
            return List.of();
        }
        Map<String, Long> last = said.computeIfAbsent(worker, _ -> new HashMap<>());
        last.keySet().retainAll(zombies);
        List<String> due = zombies.stream().filter(run -> LeaseRule.isToldAgain(last.getOrDefault(run, NEVER), tick)).sorted()
                .toList();
        due.forEach(run -> last.put(run, tick));
        return due;
    }

    void gone(WorkerId worker) {
        said.remove(worker);
    }
}
