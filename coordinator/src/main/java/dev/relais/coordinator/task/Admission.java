package dev.relais.coordinator.task;

import java.util.List;
import java.util.Map;

import dev.relais.coordinator.task.Task.Origin;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.Task.Prefix;
import dev.relais.coordinator.task.Task.Spent;
import dev.relais.coordinator.task.Task.Trouble;
import dev.relais.coordinator.task.Task.Words;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.ProjectAsked;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched.Input;

/** How a request becomes a task, once (rule 8), and learns its mode (rule 14). */
final class Admission {
    private static final int MODE_WITHOUT_PROJECT = 1;

    /** A request for a task that is known, until it is forgotten: a repeat, or a conflict. */
    Decision again(Draft draft, TaskEvent.Requested event) {
        Task task = draft.task();
        if (task.origin().contentHash().equals(event.contentHash())) {
            return draft.effect(new Effect.Count("repeated-request")).decided("");
        }
        var letter = new DeadLetter("conflict",
                "task " + task.id() + " was asked for before with other content; use another task id", null, task.id(),
                null, null, null, false, Map.of(), task.id().value(), null, false);
        return draft.effect(new Effect.Bury(letter)).decided("");
    }

    Decision admit(TaskEvent.Requested event, Now now) {
        TaskRequested request = event.request();
        Integer mode = request.mode();
        String project = request.project();
        Envelope envelope = request.envelope() == null ? Envelope.DEFAULT : request.envelope().orElse(Envelope.DEFAULT);
        var origin = new Origin(request, event.contentHash(), event.correlation(), event.traceparent(), now.time());
        var words = new Words(List.of(new Input(event.ref().key(), InputKind.REQUEST, request.request(), null, null)),
                List.of(event.ref().key()), List.of());
        var task = new Task(Task.VERSION, origin, new Phase.AwaitingMode(0), mode == null ? 0 : mode, 1, 0, words, envelope,
                Spent.NOTHING, Trouble.NONE,
                Prefix.EMPTY, List.of(), now.time());
        var draft = new Draft(null, task, now);
        if (mode == null && project != null) {
            draft.effect(new Effect.Mail("project:" + project, task.id() + "/asked/0", new ProjectAsked(project, task.id(), 0)));
        } else {
            draft.mode(mode == null ? MODE_WITHOUT_PROJECT : mode).enqueue();
        }
        return draft.decided("");
    }

    Decision told(Draft draft, TaskEvent.ModeTold told) {
        if (draft.task().phase() instanceof Phase.AwaitingMode asked && asked.number() == told.number()) {
            // Any producer may write to requests: a mode that does not exist is the careful one.
            draft.mode(told.mode() >= 1 && told.mode() <= 3 ? told.mode() : MODE_WITHOUT_PROJECT).enqueue();
        }
        return draft.decided("");
    }
}
