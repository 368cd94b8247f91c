package dev.relais.coordinator.task;

import java.time.Duration;
import java.util.List;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.WorkDispatched;

/** The next epoch: begun when the shard has room, begun again where nobody claims it. */
final class Dispatching {
    private final Duration tick;
    private final Ending ending;

    Dispatching(Duration tick, Ending ending) {
        this.tick = tick;
        this.ending = ending;
    }

    Decision dispatch(Draft draft) {
        if (!(draft.task().phase() instanceof Phase.Ready)) {
            // It has no business in the ready queue, where the shard would meet it for ever.
            return draft.effect(new Effect.Dequeue()).decided("");
        }
        Task task = draft.task();
        Envelope envelope = task.envelope();
        Duration wall = tick.multipliedBy(task.spent().wallTicks());
        if (envelope.turns() != null && task.spent().turns() >= envelope.turns()) {
            return ending.failed(draft, "turns-spent",
                    "the task has used its " + envelope.turns()
                            + " turns; ask for it again, under another task id, with a larger envelope.turns");
        }
        if (envelope.wall() != null && wall.compareTo(envelope.wall()) >= 0) {
            return ending.failed(draft, "wall-spent",
                    "the task has run for its " + envelope.wall()
                            + "; ask for it again, under another task id, with a larger envelope.wall");
        }
        draft.nextEpoch().phase(new Phase.Dispatched(draft.now().tick()));
        draft.effect(new Effect.Dequeue()).effect(new Effect.Dispatch(work(draft.task(), wall)));
        return draft.decided("");
    }

    private static WorkDispatched work(Task task, Duration wall) {
        return new WorkDispatched(task.id(), task.epoch(), task.round(), task.agent(), task.origin().request(), task.mode(),
                task.words().pending(), 0,
                List.of(), task.envelope(), wall.toSeconds(), task.trouble().suspect());
    }

    /** The old epoch's work may still be claimed by a slow reader: its claim is void then, because the epoch has moved on. */
    Decision unclaimed(Draft draft) {
        if (draft.task().phase() instanceof Phase.Dispatched) {
            draft.enqueue().effect(new Effect.Count("unclaimed"));
        }
        return draft.decided("unclaimed");
    }
}
