package dev.relais.coordinator.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Loss;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/** Claims, entries, yields and losses (rules 2, 3, 6, 9). */
final class RunsTest {
    private static final String RUN = RunKey.of(Entries.TASK, 1).toString();

    @Test
    void firstClaimOfTheEpochOwnsItAndIsKept() {
        Story story = Story.requested(1).dispatch().claim("w1");

        assertThat(story.phase()).isEqualTo(new Phase.Claimed(new WorkerId("w1"), 1, 100));
        assertThat(story.last(Effect.KeepOffset.class)).containsExactly(new Effect.KeepOffset(1000));
        assertThat(story.task().prefix().frameAt()).isEqualTo(story.time());
    }

    @Test
    void secondClaimOfTheEpochIsFenced() {
        Story story = Story.requested(1).dispatch().claim("w1").tell(Entries.claimed().at(1, "w2", 0));

        assertThat(fenced(story)).singleElement().satisfies(fence -> {
            assertThat(fence.run()).isEqualTo(RUN);
            assertThat(fence.worker()).isEqualTo(new WorkerId("w2"));
        });
        assertThat(story.phase()).isEqualTo(new Phase.Claimed(new WorkerId("w1"), 1, 100));
    }

    @Test
    void claimThatWantsItIsGrantedOnceItIsAccepted() {
        Story story = Story.requested(1).dispatch().tell(Entries.claimedAsking(1).at(1, "w1", 0));
        assertThat(story.last(Effect.Control.class)).containsExactly(
                new Effect.Control(new ControlEvent.GrantRun(RUN, Entries.TASK, 1, new WorkerId("w1"), 1)));

        story.tell(Entries.claimedAsking(1).at(1, "w2", 0));
        assertThat(fenced(story)).as("a void claim is not granted").hasSize(1);
    }

    @Test
    void entryThatIsNoClaimCannotOwnAnEpoch() {
        assertThat(Story.requested(1).dispatch().tell(Entries.replied().at(1, "w1", 0)).phase())
                .isInstanceOf(Phase.Dispatched.class);
    }

    @Test
    void repeatedEntryIsIgnored() {
        Story story = Story.running(1).says(Entries.replied());
        Task before = story.task();

        story.tell(Entries.replied().at(1, "w1", 2));

        assertThat(story.last()).containsExactly(new Effect.Count("repeated-entry"));
        assertThat(story.task()).isEqualTo(before);
    }

    @Test
    void entryAfterAGapFencesTheRunAndTheTaskGoesOnElsewhere() {
        Story story = Story.running(1).tell(Entries.toolsRan().at(1, "w1", 3));

        assertThat(fenced(story)).hasSize(1);
        assertThat(story.phase()).isEqualTo(new Phase.Ready());
        assertThat(story.last(Effect.KeepOffset.class)).isEmpty();
        assertThat(story.tell(Entries.replied().at(1, "w1", 2)).counts()).as("the epoch is void").containsExactly("fenced");
    }

    @Test
    void replyAddsATurnItsUsageAndItsCost() {
        Story story = Story.running(1).says(Entries.replied()).says(Entries.toolsRan()).says(Entries.replied());

        assertThat(story.task().spent().turns()).isEqualTo(2);
        assertThat(story.task().spent().usage()).isEqualTo(new Usage(20, 40, 60, 80));
        assertThat(story.task().spent().costUsd()).isEqualTo(new BigDecimal("0.50"));
        assertThat(story.last()).containsExactly(new Effect.KeepOffset(1004));
    }

    @Test
    void lostOwnerIsFencedAndTheTaskIsReadyAgain() {
        Story story = Story.running(1).ticks(12).lose();

        assertThat(story.lastNames()).isEqualTo("Count Control Enqueue Tell");
        assertThat(story.counts()).containsExactly("lease-expired");
        assertThat(story.task().spent().wallTicks()).isEqualTo(12);
        assertThat(story.dispatch().work().epoch()).isEqualTo(2);
    }

    @Test
    void lossOfAnotherWorkerDoesNotConcernTheTask() {
        assertThat(Story.running(1).tell(new TaskEvent.OwnerLost(new WorkerId("w9"), Loss.UNNAMED, Set.of())).last()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shutdown", "worker-fault", "worker-refused"})
    void yieldForTheWorkersOwnFaultGoesOnAtOnce(String reason) {
        assertThat(Story.running(1).says(Entries.yielded(reason)).lastNames()).isEqualTo("KeepOffset Enqueue Tell");
    }

    @Test
    void faultOfEveryWorkerBacksOffFromTheSecondOn() {
        Story story = Story.running(1).says(Entries.yielded("worker-fault")).run("w2").says(Entries.yielded("worker-fault"));
        assertThat(story.last(Effect.StartTimer.class))
                .containsExactly(new Effect.StartTimer(Timer.BACKOFF, story.time().plusSeconds(10)));

        story.fire(Timer.BACKOFF).run("w3").says(Entries.replied()).says(Entries.yielded("worker-fault"));
        assertThat(story.phase()).as("a reply in between").isEqualTo(new Phase.Ready());
    }

    @Test
    void shutdownsNeverBackOff() {
        Story story = Story.running(1);
        for (int worker = 2; worker < 6; worker++) {
            story.says(Entries.yielded("shutdown"));
            assertThat(story.phase()).isEqualTo(new Phase.Ready());
            story.run("w" + worker);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model-unavailable", "workspace-unreachable"})
    void yieldForWhatNobodyCanHelpBacksOffFromFiveSecondsToFiveMinutes(String reason) {
        Story story = Story.running(1);
        for (int seconds : List.of(5, 10, 20, 40, 80, 160, 300, 300)) {
            story.says(Entries.yielded(reason));
            assertThat(story.last(Effect.StartTimer.class))
                    .containsExactly(new Effect.StartTimer(Timer.BACKOFF, story.time().plusSeconds(seconds)));
            assertThat(story.fire(Timer.BACKOFF).lastNames()).isEqualTo("Enqueue Tell");
            story.run("w2");
        }
        story.says(Entries.replied()).says(Entries.yielded(reason));

        assertThat(story.last(Effect.StartTimer.class)).as("a reply clears the backoff")
                .containsExactly(new Effect.StartTimer(Timer.BACKOFF, story.time().plus(Duration.ofSeconds(5))));
    }

    @Test
    void journalThatIsTooLongEndsTheTaskButLetsItConclude() {
        Story full = Story.running(2);
        for (int entry = 2; entry < Runs.MOST_ENTRIES; entry++) {
            full.says(Entries.toolsRan());
        }

        assertThat(full.task().prefix().entries()).isEqualTo(Runs.MOST_ENTRIES);
        assertThat(full.says(Entries.delivered("completed", Entries.digest(1))).task().state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void journalThatIsTooLongFailsTheTask() {
        Story full = Story.running(2);
        for (int entry = 2; entry <= Runs.MOST_ENTRIES; entry++) {
            full.says(Entries.toolsRan());
        }

        assertThat(failure(full).reason()).isEqualTo("journal-too-long");
        assertThat(fenced(full)).hasSize(1);
    }

    @Test
    void entryOfAnEndedTaskIsFenced() {
        assertThat(fenced(Story.running(1).cancel("c1").tell(Entries.toolsRan().at(1, "w1", 2)))).hasSize(1);
    }

    private static List<ControlEvent.FenceRun> fenced(Story story) {
        return story.last(Effect.Control.class).stream().map(Effect.Control::event)
                .filter(ControlEvent.FenceRun.class::isInstance).map(ControlEvent.FenceRun.class::cast).toList();
    }

    private static TaskFailed failure(Story story) {
        return story.last(Effect.Publish.class).stream().map(Effect.Publish::outcome).map(TaskFailed.class::cast).findFirst()
                .orElseThrow();
    }

    @Test
    void claimThatIsRepeatedIsGrantedAgain() {
        Story story = Story.requested(1).dispatch().tell(Entries.claimedAsking(1).at(1, "w1", 0));

        story.tell(Entries.claimedAsking(2).at(1, "w1", 0));

        assertThat(story.last(Effect.Control.class)).as("the first grant may have been lost").containsExactly(
                new Effect.Control(new ControlEvent.GrantRun(RUN, Entries.TASK, 1, new WorkerId("w1"), 2)));
    }

    @Test
    void taskThatMeetsAFaultOnWorkerAfterWorkerEnds() {
        Story story = Story.running(1);
        for (int faults = 1; faults < 8; faults++) {
            story.says(Entries.yielded("worker-fault"));
            assertThat(story.phase()).as("fault %d", faults).isNotInstanceOf(Phase.Ended.class);
            if (story.phase() instanceof Phase.BackingOff backing) {
                story.tell(new TaskEvent.TimerFired(TaskEvent.Timer.BACKOFF, backing.due()));
            }
            story.run("w" + faults);
        }

        assertThat(failure(story.says(Entries.yielded("worker-fault"))).reason()).isEqualTo("worker-fault");
        assertThat(story.last(Effect.Bury.class)).singleElement()
                .satisfies(bury -> assertThat(bury.letter().redrivable()).isTrue());
    }

    @Test
    void refusedKeysNeverEndATask() {
        Story story = Story.running(1);
        for (int refusals = 0; refusals < 20; refusals++) {
            story.says(Entries.yielded("worker-refused"));
            if (story.phase() instanceof Phase.BackingOff backing) {
                story.tell(new TaskEvent.TimerFired(TaskEvent.Timer.BACKOFF, backing.due()));
            }
            story.run("w" + refusals);
        }

        assertThat(story.phase()).isInstanceOf(Phase.Claimed.class);
    }
}
