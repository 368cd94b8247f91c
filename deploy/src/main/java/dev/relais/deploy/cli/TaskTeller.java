package dev.relais.deploy.cli;

import java.util.LinkedHashMap;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.OutcomeEvent;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.ValidationEvent;
import dev.relais.schemas.event.ValidationRequested;

/** Tells what happens to a task while it is watched: as lines for people, or as one JSON object a line. */
final class TaskTeller implements TaskWatch.Listener {
    private final Screen screen;
    private final Narration narration;
    private final boolean asJson;
    private @Nullable TaskState state;
    private @Nullable ValidationRequested waiting;
    private List<String> missing = List.of();

    TaskTeller(Screen screen, Narration.Detail detail, boolean asJson) {
        this.screen = screen;
        this.narration = new Narration(detail);
        this.asJson = asJson;
    }

    @Override
    public void entry(Seen seen) {
        if (seen.data() instanceof JournalEntry.Heard heard && heard.kind() == InputKind.REQUEST) {
            missing = heard.missing() == null ? List.of() : heard.missing();
        }
        var lines = narration.tell(seen);
        if (asJson) {
            if (!lines.isEmpty() && seen.event() != null) {
                json(seen.event().id(), seen.data());
            }
            return;
        }
        lines.forEach(line -> screen.line(screen.tinted(line.tint(), line.text())));
    }

    @Override
    public void state(TaskSnapshot snapshot) {
        if (asJson) {
            json("state", snapshot);
        } else if (snapshot.state() != state) {
            say(snapshot);
        }
        state = snapshot.state();
    }

    private void say(TaskSnapshot snapshot) {
        if (snapshot.state() == TaskState.INPUT_REQUIRED) {
            screen.line(screen.tinted(Tint.WAITING, "? " + snapshot.taskId() + " waits for " + awaited(snapshot)));
            waysOn(snapshot);
        } else {
            screen.line(screen.tinted(Tint.FAINT, "· " + snapshot.taskId() + " " + snapshot.state()));
        }
    }

    private static String awaited(TaskSnapshot snapshot) {
        return "verdict".equals(snapshot.awaits()) ? "a verdict on " + snapshot.digest() : "an answer";
    }

    /** The commands that let a waiting task go on. */
    void waysOn(TaskSnapshot snapshot) {
        if ("verdict".equals(snapshot.awaits())) {
            screen.line("  relais approve " + snapshot.taskId() + "   |   relais revise " + snapshot.taskId()
                    + " \"what to change\"   |   relais refuse " + snapshot.taskId());
        }
        for (ChildId child : snapshot.children()) {
            screen.line("  relais answer " + child + " \"your answer\"");
        }
    }

    @Override
    public void validation(ValidationEvent event) {
        if (asJson) {
            json("validation", event);
            return;
        }
        switch (event) {
            case ValidationRequested requested -> waiting = requested;
            case InputRecorded input ->
                screen.line(screen.tinted(Tint.FAINT,
                        "· " + input.kind() + (input.decision() == null ? "" : " " + input.decision()) + ": "
                                + input.standing()));
        }
    }

    /** The deliverable that was last put up for a verdict. */
    @Nullable
    ValidationRequested waiting() {
        return waiting;
    }

    /** What the persona calls blocking and the request does not bring, by code; empty also while nobody has heard the request. */
    List<String> missing() {
        return missing;
    }

    @Override
    public void outcome(OutcomeEvent event) {
        if (asJson) {
            json("outcome", event);
        }
    }

    private void json(String what, @Nullable Object data) {
        var line = new LinkedHashMap<String, Object>();
        line.put("what", what);
        if (data != null) {
            line.put("data", data);
        }
        screen.jsonLine(line);
    }
}
