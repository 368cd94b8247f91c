package dev.relais.deploy.playbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.relais.deploy.playbook.Script.Fault;

/** Counts how often a fault was dealt out, so that it ends. */
final class FaultLedger {
    private final Map<String, AtomicLong> dealt = new ConcurrentHashMap<>();

    /**
     * The faults take their turns in order, each {@code times} times.
     *
     * @param where what is counted apart: a state of a conversation, or the whole server
     */
    Optional<Fault> next(String where, List<Fault> faults) {
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        var place = dealt.computeIfAbsent(where, _ -> new AtomicLong()).getAndIncrement();
        for (var fault : faults) {
            if (place < fault.times()) {
                return Optional.of(fault);
            }
            place -= fault.times();
        }
        return Optional.empty();
    }
}
