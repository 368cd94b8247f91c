package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.ProjectAsked;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkDispatched.Input;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests, the mode, the next epoch, and being forgotten (rules 2, 8, 14). */
final class RequestsTest {
    @Test
    void requestBecomesATaskWhoseFirstInputItIs() {
        Story story = Story.requested(2);

        assertThat(story.lastNames()).isEqualTo("Enqueue Tell");
        assertThat(story.last(Effect.Enqueue.class)).containsExactly(new Effect.Enqueue(5));
        assertThat(story.task().state()).isEqualTo(TaskState.SUBMITTED);
        assertThat(story.task().round()).isOne();
        assertThat(story.task().epoch()).isZero();
        assertThat(story.task().words().pending())
                .containsExactly(new Input(Entries.ref("r1").key(), InputKind.REQUEST, "build it", null, null));
    }

    @Test
    void requestWithoutProjectAndModeHasModeOne() {
        assertThat(new Story().tell(Story.request(null, null, Envelope.DEFAULT, "hash")).task().mode()).isOne();
    }

    @Test
    void taskOfAProjectAsksItsHomeForTheMode() {
        Story story = new Story().tell(Story.request(null, "shop", Envelope.DEFAULT, "hash"));

        assertThat(story.last(Effect.Mail.class)).containsExactly(
                new Effect.Mail("project:shop", "t1/asked/0", new ProjectAsked("shop", Entries.TASK, 0)));
        assertThat(story.tell(new TaskEvent.ModeTold(3, 0)).task().mode()).isEqualTo(3);
        assertThat(story.lastNames()).isEqualTo("Enqueue Tell");
        assertThat(story.tell(new TaskEvent.ModeTold(1, 0)).task().mode()).as("told once").isEqualTo(3);
    }

    @Test
    void taskWithItsOwnModeAsksNobody() {
        assertThat(new Story().tell(Story.request(2, "shop", Envelope.DEFAULT, "hash")).lastNames()).isEqualTo("Enqueue Tell");
    }

    @Test
    void modeThatDoesNotExistIsTheCarefulOne() {
        Story story = new Story().tell(Story.request(null, "shop", Envelope.DEFAULT, "hash"));

        assertThat(story.tell(new TaskEvent.ModeTold(9, 0)).task().mode()).isOne();
    }

    @Test
    void answerToAnotherQuestionForTheModeIsIgnored() {
        Story story = new Story().tell(Story.request(null, "shop", Envelope.DEFAULT, "hash"));

        assertThat(story.tell(new TaskEvent.ModeTold(3, 1)).phase()).isEqualTo(new Phase.AwaitingMode(0));
    }

    @Test
    void sameRequestAgainIsCountedAndNothingElse() {
        Story story = Story.running(1);
        Task before = story.task();

        story.tell(Story.request(1, null, Envelope.DEFAULT, "hash"));

        assertThat(story.last()).containsExactly(new Effect.Count("repeated-request"));
        assertThat(story.task()).isEqualTo(before);
    }

    @Test
    void sameIdWithOtherContentIsAConflictUntilTheTaskIsForgotten() {
        Story running = Story.running(1).tell(Story.request(1, null, Envelope.DEFAULT, "other"));
        Story ended = Story.running(1).cancel("c1").tell(Story.request(1, null, Envelope.DEFAULT, "other"));

        assertThat(running.last(Effect.Bury.class)).singleElement()
                .satisfies(bury -> assertThat(bury.letter().reason()).isEqualTo("conflict"));
        assertThat(ended.last(Effect.Bury.class)).singleElement()
                .satisfies(bury -> assertThat(bury.letter().reason()).isEqualTo("conflict"));
    }

    @Test
    void unknownTaskKnowsNoEventButARequest() {
        var result = new TaskMachine(Story.TICK).decide(null, new TaskEvent.Cancel(Entries.ref("c1"), null, null),
                new Now(Instant.EPOCH, 0));

        assertThat(result).isInstanceOf(TaskMachine.Result.Unknown.class);
    }

    @Test
    void dispatchBeginsAnEpochWithEveryInputThatWaits() {
        Story story = Story.requested(2).message("m1").dispatch();

        assertThat(story.work().epoch()).isOne();
        assertThat(story.work().inputs()).extracting(Input::id).containsExactly(Entries.ref("r1").key(), Entries.ref("m1").key());
        assertThat(story.work().mode()).isEqualTo(2);
        assertThat(story.work().envelope()).isEqualTo(Envelope.DEFAULT);
        assertThat(story.task().state()).isEqualTo(TaskState.WORKING);
    }

    @Test
    void workThatStoodUnclaimedIsDispatchedAgainAndItsLateClaimIsVoid() {
        Story story = Story.requested(2).dispatch().tell(new TaskEvent.StoodUnclaimed());
        story.tell(Entries.claimed().at(1, "slow", 0));
        assertThat(story.phase()).as("between the epochs").isEqualTo(new Phase.Ready());

        story.dispatch().tell(Entries.claimed().at(1, "slow", 0));

        assertThat(story.work().epoch()).isEqualTo(2);
        assertThat(story.counts()).containsExactly("fenced");
        assertThat(story.phase()).isInstanceOf(Phase.Dispatched.class);
        assertThat(story.task().trouble().expiries()).as("unclaimed work is nobody's fault").isZero();
    }

    @Test
    void wallTimeCountsOnlyTicksWithAClaimedRunAndTravelsInSeconds() {
        Story story = Story.requested(2).ticks(50).dispatch().ticks(10).claim("w1").ticks(7).lose().ticks(100).dispatch();

        assertThat(story.work().wallSpent()).isEqualTo(7);
        assertThat(story.claim("w2").ticks(3).says(Entries.yielded("shutdown")).dispatch().work().wallSpent()).isEqualTo(10);
    }

    @Test
    void taskIsForgottenThirtyDaysAfterItsEnd() {
        Story story = Story.running(1).cancel("c1");
        Instant end = story.time();

        story.fire(Timer.FORGET);

        assertThat(story.time()).isEqualTo(end.plus(Duration.ofDays(30)));
        assertThat(story.last()).containsExactly(new Effect.Forget());
    }

    @Test
    void timerOfAWaitThatIsOverDoesNothing() {
        Story story = Story.waitingForVerdict();
        Instant due = story.last(Effect.StartTimer.class).getFirst().due();
        story.verdict("v1", Judgement.CHANGES, Entries.digest(1)).after(Duration.ofHours(1)).run("w2")
                .says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(2)));

        assertThat(story.tell(new TaskEvent.TimerFired(Timer.WAIT, due)).last()).isEmpty();
    }
}
