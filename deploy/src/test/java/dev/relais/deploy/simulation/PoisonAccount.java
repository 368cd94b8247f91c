package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.relais.coordinator.task.TaskEvent;
import dev.relais.schemas.wire.EventType;

/** Rule 9's poison, once more and in other words: which expiries stand in a row, and so whether the next one ends the task. */
final class PoisonAccount {
    private static final int MAKE_A_SUSPECT = 2;

    private final List<TaskEvent.OwnerLost> row = new ArrayList<>();
    private boolean hasProgressed;

    /** The one place that says which expiries count. */
    private static boolean counts(TaskEvent.OwnerLost expiry) {
        return switch (expiry.loss()) {
            case SILENT, UNNAMED -> true;
        };
    }

    boolean isSuspect() {
        return row.stream().filter(PoisonAccount::counts).count() >= MAKE_A_SUSPECT;
    }

    /** The next entry of the owner is accepted: any but these two shows that the run got somewhere. */
    void accepted(EventType type) {
        switch (type) {
            case RUN_CLAIMED -> hasProgressed = false;
            case INPUT_HEARD -> {
            }
            default -> {
                hasProgressed = true;
                row.clear();
            }
        }
    }

    /** @return whether it ends the task */
    boolean expires(TaskEvent.OwnerLost expiry) {
        boolean ends = isSuspect() && !hasProgressed && counts(expiry);
        if (!hasProgressed) {
            row.add(expiry);
        }
        return ends;
    }
}
