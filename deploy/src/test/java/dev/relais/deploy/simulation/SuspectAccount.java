package dev.relais.deploy.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** Rule 9: a worker runs one suspect at a time, until an entry of it that is neither claimed nor heard stands in the journal, or the run is over. */
final class SuspectAccount {
    private final Map<WorkerId, RunKey> running = new HashMap<>();
    private final Set<Cleared> cleared = new HashSet<>();

    private record Cleared(WorkerId worker, RunKey run) {}

    void steps(WorkDispatched work, WorkerId worker) {
        RunKey run = RunKey.of(work.taskId(), work.epoch());
        if (!work.suspect() || cleared.contains(new Cleared(worker, run))) {
            return;
        }
        RunKey other = running.putIfAbsent(worker, run);
        if (other != null && !other.equals(run)) {
            throw new World.Broken("rule 9: " + worker + " runs " + work.taskId() + " epoch " + work.epoch()
                    + " beside another suspect");
        }
    }

    void written(EntryHeader header) {
        if (header.type() != EventType.RUN_CLAIMED && header.type() != EventType.INPUT_HEARD) {
            RunKey run = RunKey.of(header.task(), header.epoch());
            cleared.add(new Cleared(header.owner(), run));
            over(header.owner(), run);
        }
    }

    void over(WorkerId worker, RunKey run) {
        running.remove(worker, run);
    }
}
