package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.relais.deploy.e2e.Topic;
import dev.relais.deploy.e2e.Topic.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** I1 and I2: what a {@code read_committed} consumer of deliverables sees of each task. */
final class Outcomes {
    private static final Set<String> TERMINAL = Set.of("dev.relais.deliverable.published.v1", "dev.relais.task.failed.v1",
            "dev.relais.task.canceled.v1", "dev.relais.task.rejected.v1");

    private final Topic deliverables;

    Outcomes(Topic deliverables) {
        this.deliverables = deliverables;
    }

    void awaitAll(Collection<String> tasks, Duration most) {
        var missing = new HashSet<>(tasks);
        deliverables.awaitUntil("an outcome of each of " + tasks.size() + " tasks", most, all -> {
            all.forEach(message -> missing.remove(message.key()));
            return missing.isEmpty();
        }, () -> missing.size() + " are missing: " + missing.stream().limit(5).toList());
    }

    /** Exactly one event each, and that one a deliverable. */
    List<Message> deliveredOnceEach(Collection<String> tasks) {
        var wanted = Set.copyOf(tasks);
        List<Message> all = deliverables.now(message -> wanted.contains(message.key()));
        Map<String, Long> terminal = all.stream()
                .filter(message -> TERMINAL.contains(String.valueOf(message.headers().get("type"))))
                .collect(Collectors.groupingBy(Message::key, Collectors.counting()));
        assertThat(terminal.keySet()).as("I1: tasks with an outcome").containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(all).as("I2: nothing but one event a task").hasSameSizeAs(wanted);
        assertThat(all.stream().filter(message -> !message.is("deliverable.published"))
                .map(message -> message.key() + ": " + message.data()).toList()).as("tasks that ended otherwise").isEmpty();
        return all;
    }

    /** Those that the coordinator gave up because they kept losing their worker (rule 9). */
    Set<String> poisoned(Collection<String> tasks) {
        var wanted = Set.copyOf(tasks);
        return deliverables.now(message -> wanted.contains(message.key()) && message.is("task.failed")
                && message.data().path("reason").asText().equals("poison")).stream().map(Message::key)
                .collect(Collectors.toSet());
    }

    Map<String, Message> byTask(Collection<String> tasks) {
        return deliveredOnceEach(tasks).stream().collect(Collectors.toMap(Message::key, Function.identity()));
    }
}
