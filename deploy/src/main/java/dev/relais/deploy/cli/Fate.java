package dev.relais.deploy.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;

import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.wire.Extension;

/** What the coordinator made of an event that was sent. */
sealed interface Fate {
    /** A request became a task, or its task is the one that stood there already. */
    record Taken(TaskSnapshot snapshot) implements Fate {}

    /** A verdict, answer or cancel was recorded with its standing. */
    record Recorded(InputRecorded input) implements Fate {}

    record Buried(DeadLetter letter) implements Fate {}

    /** Nothing was seen in time. */
    record Unseen() implements Fate {}

    /** Where {@link Fate} is looked for: opened before the event is sent, so that no effect is missed. */
    final class Lookout {
        private final Link link;
        private final TopicReader reader;

        Lookout(Link link, TaskId task) {
            this.link = link;
            int partition = link.partitionOf(task);
            var places = new ArrayList<TopicPartition>();
            places.add(new TopicPartition(link.topics().tasks(), partition));
            places.add(new TopicPartition(link.topics().validations(), partition));
            places.add(new TopicPartition(link.topics().deadLetters(), 0));
            this.reader = link.reader().fromEnd(places);
        }

        Fate await(Link.Sent sent, Duration most, Screen screen) {
            var patience = new Patience(InstantSource.system(), most);
            var progress = new Progress(screen, "waiting for what the coordinator makes of it");
            while (!patience.isOver()) {
                Optional<Fate> fate = newest(reader.poll(), sent);
                if (fate.isPresent()) {
                    return fate.get();
                }
                progress.say(patience);
            }
            return new Unseen();
        }

        /** A verdict changes the task and is recorded in one commit: what was recorded says more. */
        private Optional<Fate> newest(List<Seen> records, Link.Sent sent) {
            Optional<Fate> fate = Optional.empty();
            for (Seen seen : records) {
                boolean isOurs = seen.extension(Extension.CAUSATION).equals(sent.eventId());
                switch (seen.data()) {
                    case InputRecorded input when input.input().equals(sent.eventId()) && input.source().equals(Link.SOURCE) -> {
                        return Optional.of(new Recorded(input));
                    }
                    case DeadLetter letter when isOurs || isPlace(letter, sent) -> fate = Optional.of(new Buried(letter));
                    case TaskSnapshot snapshot when isOurs -> fate = fate.or(() -> Optional.of(new Taken(snapshot)));
                    case null, default -> {
                    }
                }
            }
            return fate;
        }

        private boolean isPlace(DeadLetter letter, Link.Sent sent) {
            return link.topics().requests().equals(letter.topic()) && letter.partition() != null
                    && letter.partition() == sent.partition()
                    && letter.offset() != null && letter.offset() == sent.offset();
        }
    }
}
