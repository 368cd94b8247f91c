package dev.relais.deploy.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.relais.coordinator.task.Decision;
import dev.relais.coordinator.task.Effect;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.deploy.simulation.JournalReading.Fleet;
import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.TaskId;

/** Rule 11 in other words: how much work one shard may have outside, from its own decisions and from the beats that it has read. */
final class DispatchAccount {
    private final JournalReading reading;
    private State state = State.NONE;
    private State committed = State.NONE;

    DispatchAccount(JournalReading reading) {
        this.reading = reading;
    }

    /**
     * Where the shard stands.
     *
     * @param fleet after the last record of the journal
     * @param isTick whether the record in hand is a tick that counts
     */
    private record State(Map<TaskId, Phase> phases, Fleet fleet, boolean isTick) {
        private static final State NONE = new State(Map.of(), new Fleet(0, 0, false), false);

        State {
            phases = Map.copyOf(phases);
        }

        State with(TaskId task, Phase phase) {
            var all = new HashMap<>(phases);
            all.put(task, phase);
            return new State(all, fleet, isTick);
        }

        long unclaimed() {
            return phases.values().stream().filter(Phase.Dispatched.class::isInstance).count();
        }

        long outstanding() {
            return unclaimed() + phases.values().stream().filter(Phase.Claimed.class::isInstance).count();
        }

        boolean hasRoom() {
            boolean mayHold = fleet.capacity() > 0 && outstanding() < share(fleet.capacity()) + 1;
            return mayHold || (isTick && unclaimed() < share(fleet.free()));
        }

        private static long share(int slots) {
            return Math.ceilDiv(slots, Site.PARTITIONS);
        }

        private String shown() {
            return outstanding() + " outstanding, " + unclaimed() + " unclaimed, capacity " + fleet.capacity() + ", free "
                    + fleet.free() + (isTick ? ", at a tick" : "");
        }
    }

    void takes(Stored record, boolean isJournal) {
        Fleet fleet = isJournal ? reading.fleet(record) : state.fleet();
        state = new State(state.phases(), fleet, isJournal && fleet.isTick());
    }

    /** Each decision, as it is made. */
    Optional<String> decided(Decision decision) {
        State before = state;
        state = state.with(decision.task().id(), decision.task().phase());
        boolean dispatches = decision.effects().stream().anyMatch(Effect.Dispatch.class::isInstance);
        return dispatches && !before.hasRoom()
                ? Optional.of("rule 11: " + decision.task().id() + " is dispatched over " + before.shown())
                : Optional.empty();
    }

    /** The record is done with: whatever is ready has gone as far as there was room. */
    Optional<String> done() {
        boolean isReady = state.phases().values().stream().anyMatch(Phase.Ready.class::isInstance);
        return isReady && state.hasRoom()
                ? Optional.of("rule 11: a ready task is held back over " + state.shown())
                : Optional.empty();
    }

    void commits() {
        committed = state;
    }

    void rollsBack() {
        state = committed;
    }
}
