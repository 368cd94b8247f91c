package dev.relais.schemas.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.CancelRequested;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.EscalationAnswered;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.MessageSent;
import dev.relais.schemas.event.ProjectAsked;
import dev.relais.schemas.event.ProjectOpened;
import dev.relais.schemas.event.ProjectTold;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskRejected;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.Tick;
import dev.relais.schemas.event.ValidationRequested;
import dev.relais.schemas.event.VerdictGiven;
import dev.relais.schemas.event.WorkDispatched;

/** Every event type: its CloudEvents name and version, and the record that holds its data. */
public enum EventType {
    TASK_REQUESTED("task.requested", TaskRequested.class),
    CANCEL_REQUESTED("cancel.requested", CancelRequested.class),
    VERDICT_GIVEN("verdict.given", VerdictGiven.class),
    ESCALATION_ANSWERED("escalation.answered", EscalationAnswered.class),
    MESSAGE_SENT("message.sent", MessageSent.class),
    PROJECT_OPENED("project.opened", ProjectOpened.class),
    PROJECT_ASKED("project.asked", ProjectAsked.class),
    PROJECT_TOLD("project.told", ProjectTold.class),

    WORK_DISPATCHED("work.dispatched", WorkDispatched.class),
    ESCALATION_RAISED("escalation.raised", EscalationRaised.class),

    RUN_CLAIMED("run.claimed", JournalEntry.Claimed.class),
    INPUT_HEARD("input.heard", JournalEntry.Heard.class),
    MODEL_REPLIED("model.replied", JournalEntry.Replied.class),
    TOOLS_RAN("tools.ran", JournalEntry.ToolsRan.class),
    RUN_ALERTED("run.alerted", JournalEntry.Alerted.class),
    RUN_YIELDED("run.yielded", JournalEntry.Yielded.class),
    RUN_CONCLUDED("run.concluded", JournalEntry.Concluded.class),
    WORKER_BEATEN("worker.beaten", Beat.class),
    CLOCK_TICKED("clock.ticked", Tick.class),

    DELIVERABLE_PUBLISHED("deliverable.published", DeliverablePublished.class),
    TASK_FAILED("task.failed", TaskFailed.class),
    TASK_CANCELED("task.canceled", TaskCanceled.class),
    TASK_REJECTED("task.rejected", TaskRejected.class),

    VALIDATION_REQUESTED("validation.requested", ValidationRequested.class),
    INPUT_RECORDED("input.recorded", InputRecorded.class),

    RUN_STOPPED("run.stopped", ControlEvent.StopRun.class),
    RUN_FENCED("run.fenced", ControlEvent.FenceRun.class),
    RUN_GRANTED("run.granted", ControlEvent.GrantRun.class),

    TASK_CHANGED("task.changed", TaskSnapshot.class),
    RECORD_BURIED("record.buried", DeadLetter.class);

    private static final Map<String, EventType> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));
    private static final Map<Class<?>, EventType> BY_DATA = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(EventType::data, Function.identity()));

    private final String wireName;
    private final Class<? extends EventData> data;

    EventType(String name, Class<? extends EventData> data) {
        this.wireName = "dev.relais." + name + ".v1";
        this.data = data;
    }

    /** The CloudEvents {@code type}. */
    public String wireName() {
        return wireName;
    }

    /** Where on the class path its JSON Schema is. */
    public String schemaResource() {
        return "dev/relais/schemas/" + wireName + ".schema.json";
    }

    /** Where on the class path an example of its data is. */
    public String exampleResource() {
        return "dev/relais/schemas/" + wireName + ".example.json";
    }

    public Class<? extends EventData> data() {
        return data;
    }

    /** Of every type, in the order of the way that a task goes. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(EventType::wireName).toList();
    }

    public static Optional<EventType> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    public static EventType of(EventData data) {
        EventType type = BY_DATA.get(data.getClass());
        if (type == null) {
            throw new IllegalArgumentException(data.getClass() + " has no event type");
        }
        return type;
    }
}
