package dev.relais.worker.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What keeps the worker itself from working (rule 6). It takes nothing until a probe of just that succeeds. */
public final class WorkerFault {
    private final Map<Where, String> faults = new ConcurrentHashMap<>();

    /** Where the fault lies, and so what is to be probed. */
    public enum Where {
        /** A refused key, a bill, a spend limit. */
        MODEL,
        /** A full disk, a program that is missing. */
        MACHINE
    }

    void raise(Where where, String detail) {
        faults.put(where, detail);
    }

    void clear(Where where) {
        faults.remove(where);
    }

    boolean isAt(Where where) {
        return faults.containsKey(where);
    }

    public Optional<String> what() {
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", new TreeMap<>(faults).values()));
    }
}
