package dev.relais.deploy.cli;

import java.time.Instant;

import dev.relais.deploy.cli.TaskWatch.Ended;
import dev.relais.schemas.event.OutcomeEvent;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskState;

/** Follows a task to its end on the screen, and says with which code. */
final class Following {
    private final Link link;
    private final Screen screen;
    private final boolean asJson;

    Following(Link link, Screen screen, boolean asJson) {
        this.link = link;
        this.screen = screen;
        this.asJson = asJson;
    }

    /** @param since when the task was submitted, about */
    ExitCode toTheEnd(TaskId task, Instant since, Patience patience) {
        return toTheEnd(task, since, patience, Narration.Detail.FULL);
    }

    ExitCode toTheEnd(TaskId task, Instant since, Patience patience, Narration.Detail detail) {
        var watch = new TaskWatch(link, task, since, null);
        var teller = new TaskTeller(screen, detail, asJson);
        if (watch.follow(teller, patience, false) == Ended.OUT_OF_TIME) {
            screen.remark("task " + task + " has not ended within " + Spans.text(patience.most()) + "; `relais watch " + task
                    + "` goes on following it");
            return ExitCode.TIMEOUT;
        }
        OutcomeEvent outcome = watch.outcome().orElse(null);
        if (!asJson && outcome != null) {
            new DeliverableView(screen).show(outcome);
        }
        return watch.newest().map(newest -> newest.state() == TaskState.COMPLETED ? ExitCode.OK : ExitCode.FAILED)
                .orElse(ExitCode.FAILED);
    }
}
