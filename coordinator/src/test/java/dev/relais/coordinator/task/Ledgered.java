package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

import static org.assertj.core.api.Assertions.assertThat;

/** What a shard holds of one task, kept by the effects alone, and the invariants that must hold of it after every event. */
final class Ledgered {
    private final TaskMachine machine = new TaskMachine(Duration.ofSeconds(1));
    private @Nullable Task task;
    private Instant time = Instant.parse("2026-01-01T00:00:00Z");
    private long tick;

    final List<WorkDispatched> inbox = new ArrayList<>();
    final Map<Timer, Instant> timers = new EnumMap<>(Timer.class);
    private boolean queued;
    private @Nullable Payload kept;
    private final List<String> terminal = new ArrayList<>();
    private final Set<String> deliverables = new HashSet<>();
    private final List<EntryHeader> accepted = new ArrayList<>();
    private long lastOffset = -1;
    private Usage voidUsage = Usage.NONE;
    /** Words that the task took, and words that an accepted entry heard. */
    private final Set<String> taken = new HashSet<>();
    private final List<String> heard = new ArrayList<>();

    Ledgered(TaskEvent.Requested request) {
        taken.add(request.ref().key());
        tell(request);
    }

    Task task() {
        return Objects.requireNonNull(task);
    }

    boolean hasEnded() {
        return task().phase() instanceof Phase.Ended;
    }

    void passes(int ticks) {
        tick += ticks;
        time = time.plusSeconds(ticks);
    }

    void fire(Timer timer) {
        Instant due = timers.remove(timer);
        if (due != null) {
            time = due.isAfter(time) ? due : time;
            tell(new TaskEvent.TimerFired(timer, due));
        }
    }

    void tell(TaskEvent event) {
        Task before = task;
        switch (machine.decide(before, event, new Now(time, tick))) {
            case TaskMachine.Result.Unknown _ -> throw new AssertionError("the task is known");
            case TaskMachine.Result.Decided(Decision decision) -> {
                task = decision.task();
                decision.effects().forEach(effect -> carryOut(effect, event));
                if (event instanceof TaskEvent.Entry entry && !isAccepted(decision)
                        && entry.header().type() == EventType.MODEL_REPLIED) {
                    voidUsage = voidUsage.plus(entry.header().usage());
                }
            }
        }
        check(before, event);
    }

    private static boolean isAccepted(Decision decision) {
        return decision.effects().stream().anyMatch(Effect.KeepOffset.class::isInstance);
    }

    private void carryOut(Effect effect, TaskEvent cause) {
        switch (effect) {
            case Effect.Enqueue _ -> queued = true;
            case Effect.Dequeue _ -> queued = false;
            case Effect.Dispatch dispatch -> inbox.add(dispatch.work());
            case Effect.KeepOffset keep -> accept(keep.offset(), cause);
            case Effect.KeepOutcome keep -> kept = keep.value();
            case Effect.DropKept _ -> kept = null;
            case Effect.PublishBytes publish -> delivered(publish.eventId());
            case Effect.PublishKept publish -> {
                assertThat(cause).isInstanceOfSatisfying(TaskEvent.Verdict.class, verdict -> {
                    assertThat(verdict.judgement()).isEqualTo(Judgement.OK);
                    assertThat(kept).as("i7: what is published is what was judged")
                            .isEqualTo(Entries.delivered("completed", verdict.digest()).payload());
                });
                delivered(publish.eventId());
            }
            case Effect.Publish publish -> terminal.add(publish.eventId());
            case Effect.PublishFailure failure -> terminal.add(failure.eventId());
            case Effect.StartTimer start -> timers.put(start.timer(), start.due());
            case Effect.StopTimer stop -> timers.remove(stop.timer());
            case Effect.Note note -> {
                String word = new EventRef(note.record().source(), note.record().input()).key();
                boolean isTaken = note.record().standing().equals("pending") || note.record().standing().equals("applied");
                boolean isHeardLater = task().words().pending().stream()
                        .anyMatch(input -> input.id().equals(word));
                if (isTaken && isHeardLater) {
                    assertThat(taken.add(word)).as("i13: %s is taken once", note.record().input()).isTrue();
                }
            }
            case Effect.AskValidation _,Effect.Raise _,Effect.Control _,Effect.Mail _,Effect.Bury _,Effect.Tell _,Effect.Forget _,Effect.Count _ ->
                {
                }
        }
    }

    private void delivered(String eventId) {
        assertThat(deliverables.add(eventId)).as("i2: one deliverable a round").isTrue();
        terminal.add(eventId);
    }

    private void accept(long offset, TaskEvent cause) {
        assertThat(offset).as("the prefix is in the journal's order").isGreaterThan(lastOffset);
        lastOffset = offset;
        EntryHeader header = ((TaskEvent.Entry) cause).header();
        accepted.add(header);
        if (header.type() == EventType.INPUT_HEARD && header.input() != null) {
            heard.add(header.input());
        }
    }

    private void check(@Nullable Task before, TaskEvent event) {
        Phase phase = task().phase();
        assertThat(terminal).as("i1, i2: one terminal event, at the end").hasSize(phase instanceof Phase.Ended ? 1 : 0);
        if (before != null) {
            assertThat(task().epoch()).isGreaterThanOrEqualTo(before.epoch());
            if (before.phase() instanceof Phase.Ended) {
                assertThat(phase).as("an end is an end").isEqualTo(before.phase());
            }
        }
        checkWords(event);
        checkPrefix();
        assertThat(queued).as("in the ready queue exactly while ready").isEqualTo(phase instanceof Phase.Ready);
        assertThat(kept != null).as("kept exactly while a verdict is awaited").isEqualTo(phase instanceof Phase.AwaitingVerdict);
        assertThat(timers.keySet()).as("timers of %s", phase).isEqualTo(switch (phase) {
            case Phase.AwaitingVerdict _,Phase.AwaitingAnswer _ -> Set.of(Timer.WAIT);
            case Phase.BackingOff _ -> Set.of(Timer.BACKOFF);
            case Phase.Ended _ -> Set.of(Timer.FORGET);
            case Phase.AwaitingMode _,Phase.Ready _,Phase.Dispatched _,Phase.Claimed _ -> Set.of();
        });
    }

    /** Every word that was taken waits, or was heard by an accepted entry: once, and never neither (I13). */
    private void checkWords(TaskEvent event) {
        var pending = task().words().pending().stream().map(WorkDispatched.Input::id).toList();
        var all = new ArrayList<>(heard);
        all.addAll(pending);
        assertThat(all).as("i13 after %s", event).containsExactlyInAnyOrderElementsOf(taken);
        if (task().state() == TaskState.COMPLETED) {
            assertThat(pending).as("i13: nothing is unheard in what is delivered").isEmpty();
        }
    }

    /** Each epoch's accepted entries are one owner's, from 0 without a gap; what counts is what was accepted (I3). */
    private void checkPrefix() {
        Usage usage = Usage.NONE;
        int turns = 0;
        for (int index = 0; index < accepted.size(); index++) {
            EntryHeader header = accepted.get(index);
            if (index == 0 || header.epoch() != accepted.get(index - 1).epoch()) {
                assertThat(header.type()).isEqualTo(EventType.RUN_CLAIMED);
                assertThat(header.sequence()).isZero();
            } else {
                assertThat(header.owner()).isEqualTo(accepted.get(index - 1).owner());
                assertThat(header.sequence()).isEqualTo(accepted.get(index - 1).sequence() + 1);
            }
            if (header.type() == EventType.MODEL_REPLIED) {
                usage = usage.plus(header.usage());
                turns++;
            }
        }
        assertThat(task().prefix().entries()).isEqualTo(accepted.size());
        assertThat(task().spent().turns()).isEqualTo(turns);
        assertThat(task().spent().usage()).isEqualTo(usage);
        assertThat(task().spent().wasted().total()).as("i3: wasted is what void replies spent")
                .isLessThanOrEqualTo(voidUsage.total());
    }
}
