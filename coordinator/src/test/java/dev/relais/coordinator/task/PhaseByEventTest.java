package dev.relais.coordinator.task;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Loss;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every event does in every phase, on one page. A pair that the table does not decide fails, a new phase or event too. */
final class PhaseByEventTest {
    /** phase, event, phase afterwards, effects. */
    private static final String TABLE = """
            AwaitingMode    | Requested      | AwaitingMode    | Count
            AwaitingMode    | ModeTold       | Ready           | Enqueue Tell
            AwaitingMode    | DispatchDue    | AwaitingMode    | Dequeue
            AwaitingMode    | StoodUnclaimed | AwaitingMode    |
            AwaitingMode    | Entry          | AwaitingMode    | Count Control
            AwaitingMode    | OwnerLost      | AwaitingMode    |
            AwaitingMode    | Verdict        | AwaitingMode    | Note
            AwaitingMode    | Answer         | AwaitingMode    | Bury Note
            AwaitingMode    | Message        | AwaitingMode    | Note
            AwaitingMode    | Cancel         | Ended           | Publish Note StartTimer Tell
            AwaitingMode    | TimerFired     | AwaitingMode    |
            AwaitingMode    | Faulty         | Ended           | Publish Bury StartTimer Tell
            Ready           | Requested      | Ready           | Count
            Ready           | ModeTold       | Ready           |
            Ready           | DispatchDue    | Dispatched      | Dequeue Dispatch Tell
            Ready           | StoodUnclaimed | Ready           |
            Ready           | Entry          | Ready           | Count Control
            Ready           | OwnerLost      | Ready           |
            Ready           | Verdict        | Ready           | Note
            Ready           | Answer         | Ready           | Bury Note
            Ready           | Message        | Ready           | Note
            Ready           | Cancel         | Ended           | Publish Note Dequeue StartTimer Tell
            Ready           | TimerFired     | Ready           |
            Ready           | Faulty         | Ended           | Publish Bury Dequeue StartTimer Tell
            Dispatched      | Requested      | Dispatched      | Count
            Dispatched      | ModeTold       | Dispatched      |
            Dispatched      | DispatchDue    | Dispatched      | Dequeue
            Dispatched      | StoodUnclaimed | Ready           | Enqueue Count Tell
            Dispatched      | Entry          | Claimed         | KeepOffset Tell
            Dispatched      | OwnerLost      | Dispatched      |
            Dispatched      | Verdict        | Dispatched      | Note
            Dispatched      | Answer         | Dispatched      | Bury Note
            Dispatched      | Message        | Dispatched      | Note
            Dispatched      | Cancel         | Ended           | Control Publish Note StartTimer Tell
            Dispatched      | TimerFired     | Dispatched      |
            Dispatched      | Faulty         | Ended           | Publish Bury StartTimer Tell
            Claimed         | Requested      | Claimed         | Count
            Claimed         | ModeTold       | Claimed         |
            Claimed         | DispatchDue    | Claimed         | Dequeue
            Claimed         | StoodUnclaimed | Claimed         |
            Claimed         | Entry          | Claimed         | Count
            Claimed         | OwnerLost      | Ready           | Count Control Enqueue Tell
            Claimed         | Verdict        | Claimed         | Note
            Claimed         | Answer         | Claimed         | Bury Note
            Claimed         | Message        | Claimed         | Note
            Claimed         | Cancel         | Ended           | Control Publish Note StartTimer Tell
            Claimed         | TimerFired     | Claimed         |
            Claimed         | Faulty         | Ended           | Publish Bury StartTimer Tell
            BackingOff      | Requested      | BackingOff      | Count
            BackingOff      | ModeTold       | BackingOff      |
            BackingOff      | DispatchDue    | BackingOff      | Dequeue
            BackingOff      | StoodUnclaimed | BackingOff      |
            BackingOff      | Entry          | BackingOff      | Count Control
            BackingOff      | OwnerLost      | BackingOff      |
            BackingOff      | Verdict        | BackingOff      | Note
            BackingOff      | Answer         | BackingOff      | Bury Note
            BackingOff      | Message        | BackingOff      | Note
            BackingOff      | Cancel         | Ended           | Publish Note StopTimer StartTimer Tell
            BackingOff      | TimerFired     | BackingOff      |
            BackingOff      | Faulty         | Ended           | Publish Bury StopTimer StartTimer Tell
            AwaitingVerdict | Requested      | AwaitingVerdict | Count
            AwaitingVerdict | ModeTold       | AwaitingVerdict |
            AwaitingVerdict | DispatchDue    | AwaitingVerdict | Dequeue
            AwaitingVerdict | StoodUnclaimed | AwaitingVerdict |
            AwaitingVerdict | Entry          | AwaitingVerdict | Count Control
            AwaitingVerdict | OwnerLost      | AwaitingVerdict |
            AwaitingVerdict | Verdict        | Ended           | Note PublishKept StopTimer DropKept StartTimer Tell
            AwaitingVerdict | Answer         | AwaitingVerdict | Bury Note
            AwaitingVerdict | Message        | Ready           | Note StopTimer DropKept Enqueue Tell
            AwaitingVerdict | Cancel         | Ended           | Publish Note StopTimer DropKept StartTimer Tell
            AwaitingVerdict | TimerFired     | AwaitingVerdict |
            AwaitingVerdict | Faulty         | Ended           | Publish Bury StopTimer DropKept StartTimer Tell
            AwaitingAnswer  | Requested      | AwaitingAnswer  | Count
            AwaitingAnswer  | ModeTold       | AwaitingAnswer  |
            AwaitingAnswer  | DispatchDue    | AwaitingAnswer  | Dequeue
            AwaitingAnswer  | StoodUnclaimed | AwaitingAnswer  |
            AwaitingAnswer  | Entry          | AwaitingAnswer  | Count Control
            AwaitingAnswer  | OwnerLost      | AwaitingAnswer  |
            AwaitingAnswer  | Verdict        | AwaitingAnswer  | Note
            AwaitingAnswer  | Answer         | Ready           | StopTimer Note Enqueue Tell
            AwaitingAnswer  | Message        | AwaitingAnswer  | Note
            AwaitingAnswer  | Cancel         | Ended           | Publish Note StopTimer StartTimer Tell
            AwaitingAnswer  | TimerFired     | AwaitingAnswer  |
            AwaitingAnswer  | Faulty         | Ended           | Publish Bury StopTimer StartTimer Tell
            Ended           | Requested      | Ended           | Count
            Ended           | ModeTold       | Ended           |
            Ended           | DispatchDue    | Ended           | Dequeue
            Ended           | StoodUnclaimed | Ended           |
            Ended           | Entry          | Ended           | Count Control
            Ended           | OwnerLost      | Ended           |
            Ended           | Verdict        | Ended           | Note
            Ended           | Answer         | Ended           | Note
            Ended           | Message        | Ended           | Note
            Ended           | Cancel         | Ended           | Note
            Ended           | TimerFired     | Ended           |
            Ended           | Faulty         | Ended           |
            """;

    private static final Map<String, Supplier<Story>> PHASES = phases();
    private static final Map<String, TaskEvent> EVENTS = events();

    private static Map<String, Supplier<Story>> phases() {
        var phases = new LinkedHashMap<String, Supplier<Story>>();
        phases.put("AwaitingMode", () -> new Story().tell(Story.request(null, "shop", Envelope.DEFAULT, "hash")));
        phases.put("Ready", () -> Story.requested(1));
        phases.put("Dispatched", () -> Story.requested(1).dispatch());
        phases.put("Claimed", () -> Story.requested(1).dispatch().claim(Story.OWNER));
        phases.put("BackingOff", () -> Story.running(1).says(Entries.yielded("model-unavailable")));
        phases.put("AwaitingVerdict", Story::waitingForVerdict);
        phases.put("AwaitingAnswer", () -> Story.waitingForAnswer("architecte"));
        phases.put("Ended", () -> Story.waitingForVerdict().verdict("v0", Judgement.REFUSE, Entries.digest(1)));
        return phases;
    }

    /** Each event as the owner of the first epoch, or a person who looks at its deliverable, would send it. */
    private static Map<String, TaskEvent> events() {
        var events = new LinkedHashMap<String, TaskEvent>();
        events.put("Requested", Story.request(1, null, Envelope.DEFAULT, "hash"));
        events.put("ModeTold", new TaskEvent.ModeTold(2, 0));
        events.put("DispatchDue", new TaskEvent.DispatchDue());
        events.put("StoodUnclaimed", new TaskEvent.StoodUnclaimed());
        events.put("Entry", Entries.claimed().at(1, Story.OWNER, 0));
        events.put("OwnerLost", new TaskEvent.OwnerLost(new WorkerId(Story.OWNER), Loss.SILENT, Set.of()));
        events.put("Verdict", new TaskEvent.Verdict(Entries.ref("v1"), Judgement.OK, Entries.digest(1), null, "ann", null));
        events.put("Answer",
                new TaskEvent.Answer(Entries.ref("a1"), Story.child(Story.asked(), "architecte"), "a queue", null, null));
        events.put("Message", new TaskEvent.Message(Entries.ref("m1"), "mind the tests", "ann"));
        events.put("Cancel", new TaskEvent.Cancel(Entries.ref("c1"), null, "ann"));
        events.put("TimerFired", new TaskEvent.TimerFired(Timer.WAIT, Instant.EPOCH));
        events.put("Faulty", new TaskEvent.Faulty("a fault of ours"));
        return events;
    }

    static Stream<String> rows() {
        return TABLE.lines();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(String row) {
        String[] cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        assertThat(decided(cells[0], cells[1])).isEqualTo(cells[2] + ": " + cells[3]);
    }

    @Test
    void everyPhaseMeetsEveryEvent() {
        var pairs = rows().map(row -> row.split("\\|", -1)).map(cells -> cells[0].strip() + " " + cells[1].strip()).toList();
        assertThat(pairs).containsExactlyInAnyOrderElementsOf(names(Phase.class).stream()
                .flatMap(phase -> names(TaskEvent.class).stream().map(event -> phase + " " + event)).toList());
    }

    @Test
    void everyPhaseIsTheOneItIsCalled() {
        PHASES.forEach((name, story) -> assertThat(story.get().phase().getClass().getSimpleName()).isEqualTo(name));
    }

    private static String decided(String phase, String event) {
        Story story = Objects.requireNonNull(PHASES.get(phase), phase).get();
        story.tell(Objects.requireNonNull(EVENTS.get(event), event));
        return story.phase().getClass().getSimpleName() + ": " + story.lastNames();
    }

    private static List<String> names(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).filter(Class::isRecord).map(Class::getSimpleName).toList();
    }
}
