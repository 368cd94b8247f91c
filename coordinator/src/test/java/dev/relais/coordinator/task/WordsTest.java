package dev.relais.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskRejected;
import dev.relais.schemas.event.TaskState;
import dev.relais.schemas.event.WorkDispatched.Input;

import static org.assertj.core.api.Assertions.assertThat;

/** Verdicts, answers, messages and cancels (rules 7, 10). */
final class WordsTest {
    @Test
    void okPublishesTheKeptDeliverable() {
        Story story = Story.waitingForVerdict().verdict("v1", Judgement.OK, Entries.digest(1));

        assertThat(story.last(Effect.PublishKept.class))
                .containsExactly(new Effect.PublishKept(story.task().agent(), "t1/1/deliverable"));
        assertThat(story.task().state()).isEqualTo(TaskState.COMPLETED);
        assertThat(story.standing()).isEqualTo("applied");
    }

    @Test
    void changesOpenTheNextRoundWithTheirText() {
        var more = new Envelope(300, null, null, null);
        Story story = Story.waitingForVerdict()
                .tell(new TaskEvent.Verdict(Entries.ref("v1"), Judgement.CHANGES, Entries.digest(1), "smaller", "ann", more));

        assertThat(story.lastNames()).isEqualTo("Note StopTimer DropKept Enqueue Tell");
        assertThat(story.dispatch().work().round()).isEqualTo(2);
        assertThat(story.work().inputs())
                .containsExactly(new Input(Entries.ref("v1").key(), InputKind.CHANGES, "smaller", null, "ann"));
        assertThat(story.work().envelope()).isEqualTo(new Envelope(300, null, null, Envelope.DEFAULT_WALL));
    }

    @Test
    void changesWithoutWordsStillSaySomething() {
        Story story = Story.waitingForVerdict()
                .tell(new TaskEvent.Verdict(Entries.ref("v1"), Judgement.CHANGES, Entries.digest(1), null, null, null));

        assertThat(story.task().words().pending()).singleElement().satisfies(input -> assertThat(input.text()).isNotBlank());
    }

    @Test
    void refuseRejectsTheTask() {
        Story story = Story.waitingForVerdict().verdict("v1", Judgement.REFUSE, Entries.digest(1));

        assertThat(story.last(Effect.Publish.class)).singleElement().satisfies(publish -> {
            assertThat(publish.eventId()).isEqualTo("t1/end");
            assertThat(publish.outcome()).isInstanceOf(TaskRejected.class);
        });
        assertThat(story.task().state()).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void secondVerdictOnADigestIsRepeatedWhateverItSays() {
        Story story = Story.waitingForVerdict().verdict("v1", Judgement.CHANGES, Entries.digest(1));
        Task before = story.task();

        assertThat(story.verdict("v2", Judgement.OK, Entries.digest(1)).standing()).isEqualTo("repeated");
        assertThat(story.task().phase()).isEqualTo(before.phase());
        assertThat(story.cancel("c1").verdict("v3", Judgement.OK, Entries.digest(1)).standing())
                .as("also after the end").isEqualTo("repeated");
    }

    @Test
    void verdictThatCameTooEarlyDoesNotApplyWhenItIsSentAgain() {
        Story story = Story.running(1).verdict("v1", Judgement.OK, Entries.digest(1));
        assertThat(story.standing()).isEqualTo("stale");

        story.says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(1)));

        assertThat(story.verdict("v1", Judgement.OK, Entries.digest(1)).standing()).isEqualTo("repeated");
        assertThat(story.verdict("v2", Judgement.OK, Entries.digest(1)).standing()).isEqualTo("applied");
    }

    @Test
    void verdictAfterTheEndIsLate() {
        assertThat(Story.running(1).cancel("c1").verdict("v1", Judgement.OK, Entries.digest(1)).standing()).isEqualTo("late");
    }

    @Test
    void answerBecomesTheResultOfTheCallThatAsked() {
        Story story = Story.waitingForAnswer("architecte").answer("a1", Story.asked(), "architecte");

        assertThat(story.lastNames()).isEqualTo("StopTimer Note Enqueue Tell");
        assertThat(story.dispatch().work().round()).as("an escalation's answer is the same round").isOne();
        assertThat(story.work().inputs())
                .containsExactly(
                        new Input(Entries.ref("a1").key(), InputKind.ANSWER, "use a queue", Story.asked(), "architecte"));
    }

    @Test
    void laterAnswerIsOneMoreWordThatSaysWhose() {
        Story story = Story.waitingForAnswer("architecte", "chef-equipe").answer("a1", Story.asked(), "architecte").run("w2")
                .answer("a2", Story.asked(), "chef-equipe");

        assertThat(story.standing()).isEqualTo("pending");
        assertThat(story.task().words().pending()).singleElement().satisfies(input -> {
            assertThat(input.kind()).isEqualTo(InputKind.MESSAGE);
            assertThat(input.raised()).isNull();
            assertThat(input.text()).contains("chef-equipe", "use a queue");
        });
        assertThat(story.task().children()).allMatch(Task.Child::answered);
    }

    @Test
    void answerAfterTheEndIsLate() {
        Story story = Story.waitingForAnswer("architecte").cancel("c1").answer("a1", Story.asked(), "architecte");

        assertThat(story.standing()).isEqualTo("late");
        assertThat(story.last()).hasSize(1);
    }

    @Test
    void answerToAQuestionThatNobodyAskedIsBuried() {
        Story story = Story.waitingForAnswer("architecte").answer("a1", Story.asked(), "securite");

        assertThat(story.standing()).isEqualTo("stale");
        assertThat(story.last(Effect.Bury.class)).singleElement()
                .satisfies(bury -> assertThat(bury.letter().reason()).isEqualTo("unknown-child"));
        assertThat(story.answer("a1", Story.asked(), "securite").standing()).isEqualTo("repeated");
    }

    @Test
    void messageToARunIsHeardWhenItHasEnded() {
        Story story = Story.running(2).message("m1");

        assertThat(story.standing()).isEqualTo("pending");
        assertThat(story.says(Entries.yielded("shutdown")).dispatch().work().inputs()).extracting(Input::id)
                .containsExactly(Entries.ref("m1").key());
    }

    @Test
    void messageToAWaitingDeliverableCountsAsChanges() {
        Story story = Story.waitingForVerdict().message("m1");

        assertThat(story.task().round()).isEqualTo(2);
        assertThat(story.task().words().pending())
                .containsExactly(new Input(Entries.ref("m1").key(), InputKind.CHANGES, "mind the tests", null, "ann"));
        assertThat(story.verdict("v1", Judgement.OK, Entries.digest(1)).standing()).isEqualTo("repeated");
    }

    @Test
    void messageToATaskThatWaitsForAnAnswerIsHeardWithIt() {
        Story story = Story.waitingForAnswer("architecte").message("m1");
        assertThat(story.phase()).isInstanceOf(Phase.AwaitingAnswer.class);

        assertThat(story.answer("a1", Story.asked(), "architecte").dispatch().work().inputs()).extracting(Input::id)
                .containsExactly(Entries.ref("m1").key(), Entries.ref("a1").key());
    }

    @Test
    void moreWordsThanADispatchCanCarryAreBuried() {
        Story story = Story.running(1);
        for (int number = 0; number < Inputs.MOST_PENDING; number++) {
            story.message("m" + number);
        }
        assertThat(reasons(story)).isEmpty();

        assertThat(reasons(story.message("one more"))).containsExactly("too-many-inputs");
        assertThat(story.task().words().pending()).hasSize(Inputs.MOST_PENDING);
    }

    @Test
    void longWordsCountByTheirBytes() {
        Story story = Story.running(1).tell(new TaskEvent.Message(Entries.ref("m1"), "é".repeat(64 * 1024), null));
        assertThat(reasons(story)).isEmpty();

        assertThat(reasons(story.tell(new TaskEvent.Message(Entries.ref("m2"), "é".repeat(64 * 1024), null))))
                .containsExactly("too-many-inputs");
    }

    @Test
    void refusedAnswerLeavesItsQuestionOpen() {
        Story story = Story.waitingForAnswer("architecte", "chef-equipe").answer("a1", Story.asked(), "architecte").run("w2");
        for (int number = 0; number < Inputs.MOST_PENDING; number++) {
            story.message("m" + number);
        }

        story.answer("a2", Story.asked(), "chef-equipe");

        assertThat(reasons(story)).containsExactly("too-many-inputs");
        assertThat(story.task().children()).filteredOn(child -> !child.answered()).hasSize(1);
    }

    @Test
    void taskRemembersABoundedNumberOfWords() {
        Story story = Story.running(1);
        for (int number = 0; number < Said.MOST_REMEMBERED + 50; number++) {
            story.verdict("v" + number, Judgement.OK, Entries.digest(9));
        }

        assertThat(story.task().words().seen()).hasSize(Said.MOST_REMEMBERED);
        assertThat(reasons(story.message("m1"))).containsExactly("too-many-inputs");
        story.says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(1)));
        assertThat(story.verdict("last", Judgement.OK, Entries.digest(1)).standing()).isEqualTo("applied");
    }

    @Test
    void cancelStopsTheRunAndVoidsItsEpoch() {
        Story story = Story.running(1).ticks(5).cancel("c1");

        assertThat(story.lastNames()).isEqualTo("Control Publish Note StartTimer Tell");
        assertThat(story.last(Effect.Control.class)).containsExactly(new Effect.Control(
                new ControlEvent.StopRun(RunKey.of(Entries.TASK, 1).toString(), Entries.TASK, 1)));
        assertThat(story.last(Effect.Publish.class)).singleElement()
                .satisfies(publish -> assertThat(publish.outcome()).isInstanceOf(TaskCanceled.class));
        assertThat(story.task().spent().wallTicks()).isEqualTo(5);
        assertThat(story.says(Entries.delivered("completed", Entries.digest(1))).counts()).containsExactly("fenced");
        assertThat(story.task().state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void cancelOfAnEndedTaskIsLate() {
        assertThat(Story.running(1).cancel("c1").cancel("c2").standing()).isEqualTo("late");
    }

    @Test
    void cancelOfAWaitStopsItsTimerAndDropsWhatWasKept() {
        Story story = Story.waitingForVerdict();
        Instant due = story.effects(Effect.StartTimer.class).toList().getLast().due();
        assertThat(story.after(Duration.ofDays(1)).cancel("c1").last()).contains(
                new Effect.StopTimer(Timer.WAIT, due), new Effect.DropKept());
    }

    private static List<String> reasons(Story story) {
        return story.last(Effect.Bury.class).stream().map(bury -> bury.letter().reason()).toList();
    }

    /** Producers number their events as they like: ids are unique within a source only (CloudEvents 1.0). */
    @Test
    void i13_equalIdsOfTwoProducersAreTwoWords() {
        Story story = Story.running(1).tell(new TaskEvent.Message(new EventRef("console", "1"), "mind the tests", null))
                .tell(new TaskEvent.Message(new EventRef("ci", "1"), "the build is red", null));

        assertThat(story.standing()).isEqualTo("pending");
        assertThat(story.tell(new TaskEvent.Message(new EventRef("ci", "1"), "the build is red", null)).standing())
                .isEqualTo("repeated");
        assertThat(story.task().words().pending()).extracting(Input::text)
                .containsExactly("mind the tests", "the build is red");
    }
}
