package dev.relais.coordinator.task;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkDispatched.Input;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run's conclusion leads to (rules 4, 7; the validation modes). */
final class OutcomesTest {
    private static final Raised WHOLE = new Raised(1, 2, Raised.WHOLE_REPLY);

    @ParameterizedTest
    @CsvSource({"1, completed", "1, unverified"})
    void modeOneKeepsADeliverableForItsVerdict(int mode, String status) {
        Story story = Story.running(mode).says(Entries.replied()).says(Entries.delivered(status, Entries.digest(1)));

        assertThat(story.lastNames()).isEqualTo("KeepOffset KeepOutcome AskValidation StartTimer Tell");
        assertThat(story.last(Effect.AskValidation.class))
                .containsExactly(new Effect.AskValidation("t1/1.1/validation",
                        Entries.delivered(status, Entries.digest(1)).payload()));
        assertThat(story.last(Effect.StartTimer.class))
                .containsExactly(new Effect.StartTimer(Timer.WAIT, story.time().plus(Duration.ofDays(14))));
        assertThat(snapshot(story).awaits()).isEqualTo("verdict");
        assertThat(snapshot(story).digest()).isEqualTo(Entries.digest(1));
    }

    @ParameterizedTest
    @CsvSource({"2, completed", "3, completed", "2, unverified", "3, unverified"})
    void modesTwoAndThreePublishAtOnce(int mode, String status) {
        Story story = Story.running(mode).says(Entries.replied()).says(Entries.delivered(status, Entries.digest(1)));

        assertThat(story.last(Effect.PublishBytes.class)).containsExactly(new Effect.PublishBytes(story.task().agent(),
                "t1/1/deliverable", Entries.delivered(status, Entries.digest(1)).payload()));
        assertThat(story.task().state()).isEqualTo(TaskState.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({"1, pending", "2, pending", "3, pending", "1, blocked", "2, blocked", "3, blocked"})
    void pendingAndBlockedWaitForTheirAnswerInEveryMode(int mode, String status) {
        Story story = Story.running(mode).says(Entries.replied()).says(Entries.alerted(WHOLE, "frontend-dev"))
                .says(Entries.delivered(status, Entries.digest(1)));

        assertThat(story.lastNames()).isEqualTo("KeepOffset AskValidation StartTimer Tell");
        assertThat(story.phase()).isEqualTo(new Phase.AwaitingAnswer(WHOLE, story.time().plus(Duration.ofDays(14))));
        assertThat(snapshot(story).awaits()).isEqualTo("answer");
        assertThat(snapshot(story).children()).containsExactly(Story.child(WHOLE, "frontend-dev"));

        story.answer("a1", WHOLE, "frontend-dev");
        assertThat(story.task().round()).as("its answer opens the next round").isEqualTo(2);
        assertThat(story.dispatch().work().inputs())
                .containsExactly(new Input(Entries.ref("a1").key(), InputKind.ANSWER, "use a queue", WHOLE, "frontend-dev"));
    }

    @Test
    void blockedDeliverableThatAskedNobodyGoesToAPerson() {
        Story story = Story.running(2).says(Entries.replied()).says(Entries.alerted(WHOLE, "frontend-dev"))
                .says(Entries.replied()).says(Entries.delivered("blocked", Entries.digest(1)));

        assertThat(story.phase()).as("the alert was for the reply before").isInstanceOf(Phase.AwaitingVerdict.class);
    }

    @Test
    void escalationReachesEveryReceiverOnceAndWaits() {
        Story story = Story.waitingForAnswer("architecte", "chef-equipe", "architecte");

        assertThat(story.last(Effect.Raise.class)).singleElement().satisfies(raise -> assertThat(raise.children())
                .containsExactly(Story.child(Story.asked(), "architecte"), Story.child(Story.asked(), "chef-equipe")));
        assertThat(story.task().state()).isEqualTo(TaskState.INPUT_REQUIRED);
    }

    @Test
    void whatThePrefixHasRaisedIsNotRaisedAgain() {
        Story story = Story.running(2).says(Entries.replied()).says(Entries.alerted(WHOLE, "frontend-dev")).lose().run("w2")
                .says(Entries.alerted(WHOLE, "frontend-dev")).says(Entries.delivered("pending", Entries.digest(1)));

        assertThat(story.effects(Effect.Raise.class)).hasSize(1);
        assertThat(story.phase()).isInstanceOf(Phase.AwaitingAnswer.class);
    }

    @Test
    void unknownReceiverOfAWrongShapeIsTheLastResort() {
        assertThat(Story.waitingForAnswer("Dr. No").task().children()).extracting(child -> child.id().receiver().value())
                .containsExactly("chef-equipe");
    }

    @Test
    void outcomeWithAnUnheardInputIsKeptInThePrefixAndNotPublished() {
        Story story = Story.running(2).message("m1").says(Entries.replied())
                .says(Entries.delivered("completed", Entries.digest(1)));

        assertThat(story.lastNames()).isEqualTo("KeepOffset Enqueue Tell");
        story.run("w2").says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(2)));
        assertThat(story.effects(Effect.PublishBytes.class)).singleElement().satisfies(publish -> assertThat(publish.value())
                .isEqualTo(Entries.delivered("completed", Entries.digest(2)).payload()));
    }

    @Test
    void escalationWithAnUnheardInputIsRaisedAndTheTaskGoesOn() {
        Story story = Story.running(2).message("m1").says(Entries.replied())
                .says(Entries.escalated(Story.asked(), "architecte"));

        assertThat(story.lastNames()).isEqualTo("KeepOffset Raise Enqueue Tell");
        assertThat(story.dispatch().work().inputs()).extracting(Input::id).containsExactly(Entries.ref("m1").key());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureIsPublishedAsTheWorkerWroteItAndBuriedWhereItCanBeRedriven(boolean redrivable) {
        Story story = Story.running(2).says(Entries.failed("refusal", redrivable));

        assertThat(story.last(Effect.PublishFailure.class)).containsExactly(new Effect.PublishFailure(story.task().agent(),
                "t1/end", Entries.failed("refusal", redrivable).payload()));
        assertThat(story.last(Effect.Bury.class)).hasSize(redrivable ? 1 : 0);
        assertThat(story.phase()).isInstanceOfSatisfying(Phase.Ended.class,
                ended -> assertThat(ended.reason()).isEqualTo("refusal"));
    }

    @Test
    void waitWithoutAVerdictExpires() {
        Story story = Story.waitingForVerdict().fire(Timer.WAIT);

        assertThat(story.standing()).isEqualTo("timed-out");
        assertThat(failed(story)).extracting(TaskFailed::reason).containsExactly("expired");
        assertThat(story.last(Effect.DropKept.class)).hasSize(1);
        assertThat(story.last(Effect.Bury.class)).singleElement()
                .satisfies(bury -> assertThat(bury.letter().redrivable()).isTrue());
    }

    @Test
    void waitWithoutAnAnswerExpires() {
        Story story = Story.waitingForAnswer("architecte").fire(Timer.WAIT);

        assertThat(failed(story)).extracting(TaskFailed::reason).containsExactly("expired");
    }

    @Test
    void noWaitOutlastsTheFrame() {
        Story story = Story.running(1);
        var frameAt = story.time();
        story.after(Duration.ofDays(20)).says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(1)));

        assertThat(story.last(Effect.StartTimer.class))
                .containsExactly(new Effect.StartTimer(Timer.WAIT, frameAt.plus(Duration.ofDays(28))));
    }

    @Test
    void watchersAreToldOfEveryEpochOwnerAndWaitButNotOfEveryEntry() {
        Story story = Story.running(1).says(Entries.replied()).says(Entries.toolsRan());
        assertThat(story.effects(Effect.Tell.class).map(Effect.Tell::snapshot))
                .extracting(TaskSnapshot::state, TaskSnapshot::epoch, snapshot -> String.valueOf(snapshot.owner()))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(TaskState.SUBMITTED, 0, "null"),
                        org.assertj.core.groups.Tuple.tuple(TaskState.WORKING, 1, "null"),
                        org.assertj.core.groups.Tuple.tuple(TaskState.WORKING, 1, "w1"));

        assertThat(snapshot(story.says(Entries.delivered("completed", Entries.digest(1)))).turns()).isOne();
    }

    private static TaskSnapshot snapshot(Story story) {
        return story.last(Effect.Tell.class).getLast().snapshot();
    }

    private static List<TaskFailed> failed(Story story) {
        return story.last(Effect.Publish.class).stream().map(Effect.Publish::outcome).map(TaskFailed.class::cast).toList();
    }
}
