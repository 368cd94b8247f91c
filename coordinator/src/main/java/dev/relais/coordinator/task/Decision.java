package dev.relais.coordinator.task;

import java.util.List;

/** The task afterwards, and what follows. */
public record Decision(Task task, List<Effect> effects) {
    public Decision {
        effects = List.copyOf(effects);
    }
}
