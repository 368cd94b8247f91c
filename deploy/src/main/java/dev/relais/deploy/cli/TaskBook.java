package dev.relais.deploy.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.spelling.Nearest;

/** Tasks as the compacted topic {@code tasks} shows them now. */
final class TaskBook {
    private final Link link;

    TaskBook(Link link) {
        this.link = link;
    }

    List<TaskSnapshot> all() {
        var reader = link.reader().fromBeginning(TopicReader.all(link.topics().tasks(), link.partitions()));
        return List.copyOf(newest(reader).values());
    }

    Optional<TaskSnapshot> find(TaskId task) {
        return Optional.ofNullable(neighbours(task).get(task));
    }

    /** @throws Failure NOT_FOUND, with the likeliest id */
    TaskSnapshot mustFind(TaskId task) {
        var neighbours = neighbours(task);
        TaskSnapshot found = neighbours.get(task);
        if (found != null) {
            return found;
        }
        var known = all().stream().map(snapshot -> snapshot.taskId().value()).toList();
        throw new Failure(ExitCode.NOT_FOUND, "no task " + task + " stands on " + link.topics().tasks() + " at "
                + link.settings().bootstrapServers() + Nearest.suggestion(task.value(), known) + " (`relais list` shows all)");
    }

    private Map<TaskId, TaskSnapshot> neighbours(TaskId task) {
        var place = new TopicPartition(link.topics().tasks(), link.partitionOf(task));
        return newest(link.reader().fromBeginning(List.of(place)));
    }

    private static Map<TaskId, TaskSnapshot> newest(TopicReader reader) {
        var tasks = new LinkedHashMap<TaskId, TaskSnapshot>();
        reader.toEnd(seen -> {
            if (seen.data() instanceof TaskSnapshot snapshot) {
                tasks.put(snapshot.taskId(), snapshot);
            }
        });
        return tasks;
    }
}
