package dev.relais.worker.persona;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;

/** Work for tests. */
public final class Work {
    private static final TaskId TASK = new TaskId("t-1");
    private static final AgentName AGENT = new AgentName("backend-dev");

    private Work() {}

    record HandOff(TaskRequested.@Nullable Context context, TaskRequested.@Nullable Constraints constraints,
            List<String> expected,
            TaskRequested.@Nullable Source workspace) {}

    public static WorkDispatched plain(int round) {
        TaskRequested request = request("Écris l'API.", "API", "boutique", new HandOff(null, null, List.of(), null));
        return new WorkDispatched(TASK, 1, round, AGENT, request, 1, List.of(), 0, List.of(), Envelope.DEFAULT, 0, false);
    }

    static WorkDispatched of(TaskRequested request, int mode) {
        return new WorkDispatched(TASK, 1, 1, AGENT, request, mode, List.of(), 0, List.of(), Envelope.DEFAULT, 0, false);
    }

    static TaskRequested request(String wish, @Nullable String title, @Nullable String project, HandOff handOff) {
        return new TaskRequested(wish, TASK, AGENT, title, project, null, handOff.context(), handOff.constraints(),
                handOff.expected(),
                handOff.workspace(), List.of(), null, null, null, null, List.of(), null, Map.of());
    }
}
