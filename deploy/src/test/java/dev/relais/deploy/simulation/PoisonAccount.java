package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.relais.coordinator.task.TaskEvent;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EventType;

/** Rule 9's poison, once more and in other words: which expiries stand in a row, and so whether the next one ends the task. */
final class PoisonAccount {
    private static final int MAKE_A_SUSPECT = 2;

    private final List<TaskEvent.OwnerLost> row = new ArrayList<>();
    private boolean hasProgressed;
    private boolean hasBegun;

    boolean isSuspect() {
        return row.size() >= MAKE_A_SUSPECT;
    }

    /** Whoever is heard again, for as long as a silence takes, was not killed: its silence was none. */
    private void heard(Set<WorkerId> living) {
        row.removeIf(expiry -> expiry.loss() == TaskEvent.Loss.SILENT && living.contains(expiry.owner()));
    }

    /** The next entry of the owner is accepted: any but these two shows that the run got somewhere. */
    void accepted(EventType type) {
        switch (type) {
            case RUN_CLAIMED -> {
                hasProgressed = false;
                hasBegun = false;
            }
            case INPUT_HEARD -> {
            }
            case RUN_YIELDED -> {
                if (!isSuspect() || hasBegun) {
                    hasProgressed = true;
                    row.clear();
                }
            }
            default -> {
                hasProgressed = true;
                row.clear();
            }
        }
    }

    /** The owner has claimed once more: where the run is a suspect's, its turn has come. */
    void begins() {
        hasBegun = isSuspect();
    }

    /** @return whether it ends the task */
    boolean expires(TaskEvent.OwnerLost expiry) {
        heard(expiry.living());
        boolean isWaiting = isSuspect() && !hasBegun;
        boolean ends = isSuspect() && hasBegun && !hasProgressed;
        if (!hasProgressed && !isWaiting) {
            row.add(expiry);
        }
        return ends;
    }
}
