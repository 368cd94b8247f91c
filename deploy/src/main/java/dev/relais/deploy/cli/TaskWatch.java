package dev.relais.deploy.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.OutcomeEvent;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.ValidationEvent;

/** Follows one task over journal, state, validations and deliverables. All of them lie in one partition number. */
final class TaskWatch {
    /** Clocks of machines differ; an entry may seem to be older than its task. */
    private static final Duration EARLIER = Duration.ofMinutes(1);

    private final Link link;
    private final TaskId task;
    private final TopicReader reader;
    private @Nullable TaskSnapshot newest;
    private @Nullable OutcomeEvent outcome;

    /** Is told what happens, in the order of each topic. */
    interface Listener {
        /** A record of the journal about the task. */
        void entry(Seen seen);

        void state(TaskSnapshot snapshot);

        void validation(ValidationEvent event);

        void outcome(OutcomeEvent event);
    }

    TaskWatch(Link link, TaskId task, Instant since, @Nullable AgentName agent) {
        this.link = link;
        this.task = task;
        int partition = link.partitionOf(task);
        var topics = link.topics();
        var agents = new TreeSet<>(link.settings().agents());
        if (agent != null) {
            agents.add(agent);
        }
        var places = new ArrayList<TopicPartition>();
        places.add(new TopicPartition(topics.journal(), partition));
        places.add(new TopicPartition(topics.validations(), partition));
        agents.forEach(name -> places.add(new TopicPartition(topics.deliverables(name), partition)));
        this.reader = link.reader().fromBeginning(List.of(new TopicPartition(topics.tasks(), partition)))
                .andFrom(places, since.minus(EARLIER));
    }

    /** What the task is now, as far as it was read. */
    Optional<TaskSnapshot> newest() {
        return Optional.ofNullable(newest);
    }

    /** What stands on its deliverables topic, as far as it was read. */
    Optional<OutcomeEvent> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Reads what is there now. */
    void history(Listener listener) {
        reader.toEnd(seen -> tell(seen, listener));
    }

    /** What following came to. */
    enum Ended {
        AT_THE_END,
        WAITING,
        OUT_OF_TIME
    }

    /**
     * Follows until the task has ended and all about it was told.
     *
     * @param stopsWhereItWaits ends also where a verdict or an answer is awaited
     */
    Ended follow(Listener listener, Patience patience, boolean stopsWhereItWaits) {
        while (!patience.isOver()) {
            reader.poll().forEach(seen -> tell(seen, listener));
            TaskSnapshot now = newest;
            boolean waits = stopsWhereItWaits && now != null && now.awaits() != null;
            if (now != null && (now.state().isTerminal() || waits)) {
                drain(listener);
                TaskSnapshot then = newest;
                if (then != null && then.state().isTerminal()) {
                    return Ended.AT_THE_END;
                }
                if (stopsWhereItWaits && then != null && then.awaits() != null) {
                    return Ended.WAITING;
                }
            }
        }
        return Ended.OUT_OF_TIME;
    }

    /** The topics of one commit become readable together: what stands before their ends now completes the picture. */
    private void drain(Listener listener) {
        Map<TopicPartition, Long> ends = new HashMap<>(reader.ends());
        while (!reader.isPast(ends)) {
            reader.poll().forEach(seen -> tell(seen, listener));
        }
    }

    private void tell(Seen seen, Listener listener) {
        if (!seen.key().equals(task.value())) {
            return;
        }
        EventData data = seen.data();
        switch (data) {
            case TaskSnapshot snapshot -> {
                newest = snapshot;
                listener.state(snapshot);
            }
            case OutcomeEvent event when !seen.topic().equals(link.topics().journal()) -> {
                outcome = event;
                listener.outcome(event);
            }
            case ValidationEvent event -> listener.validation(event);
            case null, default -> listener.entry(seen);
        }
    }
}
