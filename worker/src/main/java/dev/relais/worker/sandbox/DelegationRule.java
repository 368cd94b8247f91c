package dev.relais.worker.sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose a cgroup of version 2 is: to divide it, every process in it has to move, and others' are not the worker's to move. */
final class DelegationRule {
    private static final long FIRST = 1;

    private DelegationRule() {}

    /**
     * @param self the worker
     * @param below all that it started
     * @param above its parents, up to the first process
     */
    record Family(long self, Set<Long> below, List<Long> above) {
        Family {
            below = Set.copyOf(below);
            above = List.copyOf(above);
        }

        static Family ofThisProcess() {
            ProcessHandle self = ProcessHandle.current();
            var above = new ArrayList<Long>();
            for (var at = self.parent(); at.isPresent(); at = at.get().parent()) {
                above.add(at.get().pid());
            }
            return new Family(self.pid(), self.descendants().map(ProcessHandle::pid)
                    .collect(Collectors.toUnmodifiableSet()), above);
        }
    }

    /**
     * Whether a cgroup holds the worker's own processes only; in a container, where the first process stands beside the worker, also those that
     * started it.
     *
     * @param delegated whether who made the cgroup says that it is its processes' to divide (systemd's {@code Delegate=yes})
     */
    static boolean isOwn(boolean delegated, Set<Long> inCgroup, Family family) {
        var foreign = new HashSet<>(inCgroup);
        foreign.remove(family.self());
        foreign.removeAll(family.below());
        if (inCgroup.contains(FIRST)) {
            family.above().forEach(foreign::remove);
        }
        return delegated || foreign.isEmpty();
    }
}
