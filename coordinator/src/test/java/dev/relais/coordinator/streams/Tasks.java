package dev.relais.coordinator.streams;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched.Input;

/** Tasks with something in every field. */
final class Tasks {
    static final Digest DIGEST = new Digest("sha256:" + "0".repeat(64));
    static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private Tasks() {}

    static Task inPhase(Task.Phase phase) {
        return task("t1", "build it", phase);
    }

    static Task inPhase(String id, Task.Phase phase) {
        return task(id, "build it", phase);
    }

    static Task asking(String id, String wish) {
        return task(id, wish, new Task.Phase.Ready());
    }

    /** The same, of which so many entries were accepted. */
    static Task withEntries(Task task, int entries) {
        var prefix = new Task.Prefix(entries, task.prefix().frameAt(), task.prefix().alerted(), task.prefix().personaHash());
        return new Task(task.version(), task.origin(), task.phase(), task.mode(), task.round(), task.epoch(), task.words(),
                task.envelope(), task.spent(), task.trouble(), prefix, task.children(), task.updatedAt());
    }

    private static Task task(String id, String wish, Task.Phase phase) {
        var request = new TaskRequested(wish, new TaskId(id), new AgentName("backend-dev"), "a title", "shop", 1, null, null,
                List.of("code"), null, List.of(), null, null, 7, null, List.of(), null, Map.of("team", "red"));
        var raised = new Raised(1, 2, 0);
        var words = new Task.Words(List.of(new Input("a1", InputKind.ANSWER, "use a queue", raised, "architecte")),
                List.of("r1", "a1"),
                List.of(DIGEST));
        return new Task(Task.VERSION, new Task.Origin(request, "hash", "root", "00-a-b-01", TIME), phase, 1, 2, 3, words,
                new Envelope(200, null, null, Duration.ofHours(8)),
                new Task.Spent(4, new Usage(1, 2, 3, 4), new BigDecimal("0.25"), new Usage(5, 6, 7, 8), 60),
                new Task.Trouble(1, false, true, 2, 1, List.of(), false), new Task.Prefix(9, TIME, raised, null),
                List.of(new Task.Child(new ChildId(new TaskId(id), raised, new AgentName("architecte")), true)), TIME);
    }
}
