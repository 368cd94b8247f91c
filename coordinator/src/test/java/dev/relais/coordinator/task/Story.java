package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Entries.Draught;
import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Loss;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputRecorded;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkerId;

/** One task from its request on: tells the machine events, applies what it decides, remembers the effects. */
final class Story {
    static final Duration TICK = Duration.ofSeconds(1);
    static final String OWNER = "w1";

    private final TaskMachine machine = new TaskMachine(TICK);
    private final List<Effect> all = new ArrayList<>();
    private List<Effect> last = List.of();
    private @Nullable Task task;
    private Instant time = Instant.parse("2026-01-01T00:00:00Z");
    private long tick = 100;
    private int next;

    /** A task in mode {@code mode} that stands in the ready queue. */
    static Story requested(int mode) {
        return new Story().tell(request(mode, null, Envelope.DEFAULT, "hash"));
    }

    /** A task that {@link #OWNER} runs: claimed, and the request heard. */
    static Story running(int mode) {
        return requested(mode).dispatch().claim(OWNER).says(Entries.heard(Entries.ref("r1").key()));
    }

    /** A task in mode 1 whose first deliverable, {@code digest(1)}, waits for its verdict. */
    static Story waitingForVerdict() {
        return running(1).says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(1)));
    }

    /** A task that waits for {@code receivers}, asked at {@link #asked}. */
    static Story waitingForAnswer(String... receivers) {
        return running(2).says(Entries.replied()).says(Entries.escalated(asked(), receivers));
    }

    static Raised asked() {
        return new Raised(1, 2, 0);
    }

    static TaskEvent.Requested request(@Nullable Integer mode, @Nullable String project, Envelope envelope, String hash) {
        var request = new TaskRequested("build it", Entries.TASK, new AgentName("backend-dev"), "a title", project, mode, null,
                null, List.of(), null, List.of(), null, envelope, null, null, List.of(), null, Map.of("team", "red"));
        return new TaskEvent.Requested(Entries.ref("r1"), request, hash, "root", null);
    }

    Story tell(TaskEvent event) {
        switch (machine.decide(task, event, new Now(time, tick))) {
            case TaskMachine.Result.Decided(Decision decision) -> {
                task = decision.task();
                last = decision.effects();
                all.addAll(last);
            }
            case TaskMachine.Result.Unknown _ -> throw new AssertionError("no task yet for " + event);
        }
        return this;
    }

    Story dispatch() {
        return tell(new TaskEvent.DispatchDue());
    }

    Story claim(String owner) {
        tell(Entries.claimed().at(task().epoch(), owner, 0));
        next = 1;
        return this;
    }

    /** The owner, a suspect's, asks for its grant: its turn has come. */
    Story begins() {
        return tell(Entries.claimed().at(task().epoch(), owner(), 0));
    }

    /** The owner's next entry. */
    Story says(Draught entry) {
        return tell(entry.at(task().epoch(), owner(), next++));
    }

    /** From ready to a run of {@code owner} that has heard all that it was dispatched with. */
    Story run(String owner) {
        dispatch();
        var inputs = task().words().pending();
        claim(owner);
        inputs.forEach(input -> says(Entries.heard(input.id())));
        return this;
    }

    /** @param living workers that have been heard for a lease by then */
    Story lose(String... living) {
        return tell(new TaskEvent.OwnerLost(new WorkerId(owner()), Loss.SILENT,
                Stream.of(living).map(WorkerId::new).collect(Collectors.toSet())));
    }

    Story verdict(String id, Judgement judgement, Digest digest) {
        return tell(new TaskEvent.Verdict(Entries.ref(id), judgement, digest, "because", "ann", null));
    }

    Story answer(String id, Raised raised, String receiver) {
        return tell(new TaskEvent.Answer(Entries.ref(id), child(raised, receiver), "use a queue", null, null));
    }

    Story message(String id) {
        return tell(new TaskEvent.Message(Entries.ref(id), "mind the tests", "ann"));
    }

    Story cancel(String id) {
        return tell(new TaskEvent.Cancel(Entries.ref(id), "not needed", "ann"));
    }

    /** The timer that the task last set fires when it is due. */
    Story fire(Timer timer) {
        Instant due = effects(Effect.StartTimer.class).filter(start -> start.timer() == timer).reduce((a, b) -> b).orElseThrow()
                .due();
        time = due;
        return tell(new TaskEvent.TimerFired(timer, due));
    }

    Story ticks(int count) {
        tick += count;
        time = time.plus(TICK.multipliedBy(count));
        return this;
    }

    Story after(Duration duration) {
        time = time.plus(duration);
        return this;
    }

    static ChildId child(Raised raised, String receiver) {
        return new ChildId(Entries.TASK, raised, new AgentName(receiver));
    }

    Task task() {
        return Objects.requireNonNull(task);
    }

    Phase phase() {
        return task().phase();
    }

    Instant time() {
        return time;
    }

    private String owner() {
        return phase() instanceof Phase.Claimed claimed ? claimed.owner().value() : OWNER;
    }

    /** Of the last event. */
    List<Effect> last() {
        return last;
    }

    <E extends Effect> List<E> last(Class<E> type) {
        return last.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Of all events so far. */
    <E extends Effect> Stream<E> effects(Class<E> type) {
        return all.stream().filter(type::isInstance).map(type::cast);
    }

    /** Names of the last event's effects, in order. */
    String lastNames() {
        return last.stream().map(effect -> effect.getClass().getSimpleName()).collect(Collectors.joining(" "));
    }

    WorkDispatched work() {
        return effects(Effect.Dispatch.class).reduce((a, b) -> b).orElseThrow().work();
    }

    /** The standing that the last event's word was recorded with. */
    String standing() {
        return last(Effect.Note.class).stream().map(Effect.Note::record).map(InputRecorded::standing)
                .collect(Collectors.joining(" "));
    }

    List<String> counts() {
        return last(Effect.Count.class).stream().map(Effect.Count::what).toList();
    }
}
