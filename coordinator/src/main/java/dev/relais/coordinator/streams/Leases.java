package dev.relais.coordinator.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.dispatch.Fleet;
import dev.relais.coordinator.dispatch.WorkerSeen;
import dev.relais.coordinator.lease.FreeStreak;
import dev.relais.coordinator.lease.LeaseRule;
import dev.relais.coordinator.lease.TickClock;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.ControlEvent.FenceRun;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkerId;

/** Who lives and what they own, by ticks and beats of the log alone. Fields are caches over the stores, rebuilt when the shard starts. */
final class Leases {
    private final Stores stores;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Duration interval;
    private final List<AgentName> agents;
    private final Map<WorkerId, WorkerSeen> workers = new TreeMap<>();
    private final Fences fences = new Fences();
    private @Nullable Fleet fleet;
    private TickClock clock;

    Leases(Stores stores, Ledger ledger, Outbox outbox, Duration interval, List<AgentName> agents) {
        this.stores = stores;
        this.ledger = ledger;
        this.outbox = outbox;
        this.interval = interval;
        this.agents = agents;
        this.clock = stores.clock();
        stores.workers(workers::put);
    }

    Now now(Instant appended) {
        return new Now(appended, clock.counted());
    }

    Fleet fleet() {
        Fleet known = fleet;
        if (known == null) {
            known = Fleet.of(workers.values());
            fleet = known;
        }
        return known;
    }

    /** A worker's record stands here: it lives. */
    void seen(WorkerId id) {
        WorkerSeen before = workers.get(id);
        if (before == null) {
            put(id, WorkerSeen.unknown(clock.counted()));
        } else if (before.lastSeen() != clock.counted()) {
            put(id, before.seen(clock.counted()));
        }
    }

    void beat(WorkerId id, Beat beat, Instant appended) {
        WorkerSeen before = workers.getOrDefault(id, WorkerSeen.unknown(clock.counted()));
        boolean counts = LeaseRule.counts(before.lastBeat(), clock.counted());
        put(id, before.beaten(beat, clock.counted()));
        var named = new HashSet<>(beat.runs());
        for (Outside.Owned run : stores.outside().runs(id)) {
            boolean isNamed = named.remove(RunKey.of(run.task(), run.epoch()).toString());
            named(id, run, isNamed, counts, now(appended));
        }
        // What is left names runs that are not current: their workers are zombies.
        fences.due(id, named, clock.counted()).forEach(run -> outbox.write(Sinks.CONTROL, id.value(), outbox.nextId(),
                new FenceRun(run, id, "a beat names a run that is not current"), Map.of()));
    }

    private void named(WorkerId id, Outside.Owned run, boolean isNamed, boolean counts, Now now) {
        if (isNamed && run.unnamed() > 0) {
            stores.outside().runs(run.unnamed(0));
        } else if (!isNamed && counts && LeaseRule.isLost(run.unnamed() + 1)) {
            ledger.remind(run.task(), new TaskEvent.OwnerLost(id, TaskEvent.Loss.UNNAMED, living()), now);
        } else if (!isNamed && counts) {
            stores.outside().runs(run.unnamed(run.unnamed() + 1));
        }
    }

    /** Append time of the last tick that counted; the epoch where none did. */
    Instant lastTick() {
        return clock.lastAt();
    }

    /** What a tick came to. */
    enum Ticked {
        COUNTED,
        IGNORED
    }

    /** @param made how many dispatches this shard had made when it wrote the tick */
    Ticked tick(Instant appended, long made) {
        TickClock next = clock.tick(appended, interval);
        if (next.equals(clock)) {
            return Ticked.IGNORED;
        }
        clock = next;
        stores.put(clock);
        expireSilentOwners(now(appended));
        sendUnclaimedAgain(made, now(appended));
        return Ticked.COUNTED;
    }

    private void expireSilentOwners(Now now) {
        List<WorkerId> silent = workers.entrySet().stream()
                .filter(worker -> LeaseRule.isSilent(worker.getValue().lastSeen(), clock.counted())).map(Map.Entry::getKey)
                .toList();
        // A fleet that freezes is found silent with one tick: whoever had come back until then had come back.
        Set<WorkerId> living = silent.isEmpty() ? Set.of() : living();
        for (WorkerId id : silent) {
            var lost = new TaskEvent.OwnerLost(id, TaskEvent.Loss.SILENT, living);
            stores.outside().runs(id).forEach(run -> ledger.remind(run.task(), lost, now));
            workers.remove(id);
            fleet = null;
            stores.removeWorker(id);
            fences.gone(id);
        }
    }

    /** Those that were not killed by what they ran when they were last found silent. */
    private Set<WorkerId> living() {
        return workers.entrySet().stream()
                .filter(worker -> LeaseRule.livesAgain(worker.getValue().since(), worker.getValue().lastSeen()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void sendUnclaimedAgain(long made, Now now) {
        Fleet fleet = fleet();
        for (AgentName agent : agents) {
            FreeStreak streak = stores.streak(agent).after(fleet.reportedFree(agent, clock.counted()), made);
            stores.put(agent, streak);
            stores.outside().standing().stream().filter(work -> work.agent().equals(agent) && streak.isUnclaimed(work.number()))
                    .forEach(work -> ledger.remind(work.task(), new TaskEvent.StoodUnclaimed(), now));
        }
    }

    private void put(WorkerId id, WorkerSeen seen) {
        workers.put(id, seen);
        fleet = null;
        stores.put(id, seen);
    }
}
