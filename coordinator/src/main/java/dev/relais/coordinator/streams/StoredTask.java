package dev.relais.coordinator.streams;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task;
import dev.relais.coordinator.task.Task.Child;
import dev.relais.coordinator.task.Task.Origin;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.Task.Prefix;
import dev.relais.coordinator.task.Task.Spent;
import dev.relais.coordinator.task.Task.Trouble;
import dev.relais.coordinator.task.Task.Words;
import dev.relais.schemas.event.Envelope;

/**
 * A task as the store has it: all of {@link Task}, and the offsets of its newest entries, because each accepted entry writes the task anyway.
 *
 * @param version of this layout: 1 had every offset in a chunk, 1 and 2 had each origin here; {@link Task#VERSION} is written
 * @param origin where it lies in a record of its own, its name only: the release before tells by it which task it cannot read
 * @param offsets of the newest accepted entries, oldest first; those before them lie in {@link OffsetChunks}
 * @param arrival its number in the ready queue; null where it does not wait there, or where version 1 let it wait
 * @param apart bytes of its origin's own record; null where it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredTask(int version, Origin origin, Phase phase, int mode, int round, int epoch, Words words, Envelope envelope,
        Spent spent, Trouble trouble, Prefix prefix, List<Child> children, Instant updatedAt, List<Long> offsets,
        @Nullable Long arrival, @Nullable Integer apart) {

    StoredTask(int version, Origin origin, Phase phase, int mode, int round, int epoch, Words words, Envelope envelope,
            Spent spent, Trouble trouble, Prefix prefix, List<Child> children, Instant updatedAt, @Nullable List<Long> offsets,
            @Nullable Long arrival, @Nullable Integer apart) {
        this.version = version;
        this.origin = origin;
        this.phase = phase;
        this.mode = mode;
        this.round = round;
        this.epoch = epoch;
        this.words = words;
        this.envelope = envelope;
        this.spent = spent;
        this.trouble = trouble;
        this.prefix = prefix;
        this.children = children;
        this.updatedAt = updatedAt;
        this.offsets = offsets == null ? List.of() : List.copyOf(offsets);
        this.arrival = arrival;
        this.apart = apart;
    }

    /** @param apart bytes of its origin's own record; 0 where it has none */
    static StoredTask of(Task task, List<Long> offsets, @Nullable Long arrival, int apart) {
        return new StoredTask(Task.VERSION, apart == 0 ? task.origin() : task.origin().nameOnly(), task.phase(), task.mode(),
                task.round(), task.epoch(), task.words(), task.envelope(), task.spent(), task.trouble(), task.prefix(),
                task.children(), task.updatedAt(), offsets, arrival, apart == 0 ? null : apart);
    }

    /** @param from its origin, from wherever it lies */
    Task task(Origin from) {
        return new Task(Task.VERSION, from, phase, mode, round, epoch, words, envelope, spent, trouble, prefix, children,
                updatedAt);
    }
}
