package dev.relais.worker.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import dev.relais.schemas.event.RunKey;

/** The runs of this worker: which a beat names, which control reaches, and how many more there may be. */
public final class ActiveRuns {
    private final Map<String, ActiveRun> byKey = new ConcurrentHashMap<>();
    private final StartedRuns started = new StartedRuns();
    private final Semaphore suspects = new Semaphore(1);
    private final int capacity;

    public ActiveRuns(int capacity) {
        this.capacity = capacity;
    }

    public int capacity() {
        return capacity;
    }

    public int free() {
        return Math.max(0, capacity - byKey.size());
    }

    public int inFlight() {
        return byKey.size();
    }

    /** Whether this (task, epoch) is new to this worker: none is ever started twice (rule 2). */
    boolean isNew(RunKey key) {
        return started.add(key);
    }

    void add(ActiveRun run) {
        byKey.put(run.key().toString(), run);
    }

    void remove(ActiveRun run) {
        byKey.remove(run.key().toString());
    }

    Optional<ActiveRun> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    List<ActiveRun> all() {
        return new ArrayList<>(byKey.values());
    }

    /** The runs of a partition that a beat names, by key. */
    List<String> named(int partition) {
        return byKey.values().stream().filter(run -> run.partition() == partition && run.isNamed())
                .map(run -> run.key().toString()).toList();
    }

    void doubtAll() {
        byKey.values().forEach(ActiveRun::doubt);
    }

    /** A worker runs one suspect at a time, so that a task that kills its worker is known by it (rule 9). */
    Semaphore suspects() {
        return suspects;
    }
}
