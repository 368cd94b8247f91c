package dev.relais.coordinator.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.task.TaskEvent.Timer;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.TaskFailed;

import static org.assertj.core.api.Assertions.assertThat;

/** The invariants of DESIGN.md section 8 that one task's machine decides. The random walk asserts them over schedules. */
final class InvariantsTest {
    static Stream<Arguments> endings() {
        Map<String, Story> ends = new LinkedHashMap<>();
        ends.put("delivered", Story.running(2).says(Entries.delivered("completed", Entries.digest(1))));
        ends.put("validated", Story.waitingForVerdict().verdict("v", Judgement.OK, Entries.digest(1)));
        ends.put("refused", Story.waitingForVerdict().verdict("v", Judgement.REFUSE, Entries.digest(1)));
        ends.put("failed by the worker", Story.running(2).says(Entries.failed("refusal", false)));
        ends.put("canceled", Story.running(2).cancel("c"));
        ends.put("expired", Story.waitingForAnswer("architecte").fire(Timer.WAIT));
        ends.put("poison", Story.running(2).lose().run("w2").lose().run("w3").begins().lose());
        ends.put("turns spent", spent().dispatch());
        return ends.entrySet().stream().map(end -> Arguments.of(end.getKey(), end.getValue()));
    }

    private static Story spent() {
        return new Story().tell(Story.request(2, null, new Envelope(1, null, null, null), "hash")).run("w1")
                .says(Entries.replied()).lose();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void i1_everyEndIsOneTerminalStateAndOneTerminalEvent(String name, Story story) {
        assertThat(story.phase()).as(name).isInstanceOf(Phase.Ended.class);
        assertThat(story.task().state().isTerminal()).isTrue();
        assertThat(terminalEvents(story)).hasSize(1);
        assertThat(story.effects(Effect.StartTimer.class).filter(start -> start.timer() == Timer.FORGET)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void i2_nothingIsPublishedAfterTheEnd(String name, Story story) {
        Phase end = story.phase();

        for (int epoch = 1; epoch <= 4; epoch++) {
            story.tell(Entries.claimed().at(epoch, "w1", 0))
                    .tell(Entries.delivered("completed", Entries.digest(7)).at(epoch, "w1", 1))
                    .tell(Entries.failed("refusal", true).at(epoch, "w1", 2));
        }
        story.verdict("late", Judgement.OK, Entries.digest(1)).cancel("late too").message("m9").lose().dispatch()
                .tell(new TaskEvent.StoodUnclaimed());

        assertThat(terminalEvents(story)).as(name).hasSize(1);
        assertThat(story.phase()).isEqualTo(end);
    }

    @Test
    void i2_atMostOneDeliverableARound() {
        Story story = Story.waitingForVerdict().verdict("v1", Judgement.CHANGES, Entries.digest(1)).run("w2")
                .says(Entries.delivered("completed", Entries.digest(2))).verdict("v2", Judgement.OK, Entries.digest(2))
                .verdict("v3", Judgement.OK, Entries.digest(2)).verdict("v2", Judgement.OK, Entries.digest(2));

        assertThat(story.effects(Effect.PublishKept.class)).extracting(Effect.PublishKept::eventId)
                .containsExactly("t1/2/deliverable");
    }

    @Test
    void i3_entryOfAnOldEpochChangesNothing() {
        Story story = Story.running(1).lose().run("w2").says(Entries.replied());
        Task before = story.task();

        story.tell(Entries.toolsRan().at(1, "w1", 2)).tell(Entries.heard(Entries.ref("m1").key()).at(1, "w1", 2))
                .tell(Entries.delivered("completed", Entries.digest(1)).at(1, "w1", 2))
                .tell(Entries.yielded("shutdown").at(1, "w1", 2)).tell(Entries.claimed().at(1, "w9", 0));

        assertThat(story.task()).isEqualTo(before);
        assertThat(story.effects(Effect.AskValidation.class)).isEmpty();
    }

    @Test
    void i3_usageOfAVoidReplyIsWasted() {
        Story story = Story.running(1).lose().run("w2");
        var spent = story.task().spent();

        story.tell(Entries.replied().at(1, "w1", 2)).tell(Entries.replied().at(2, "w1", 2));

        assertThat(story.task().spent()).isEqualTo(spent.wasted(Entries.USAGE).wasted(Entries.USAGE));
        assertThat(story.task().phase()).isInstanceOf(Phase.Claimed.class);
        assertThat(story.last()).containsExactly(new Effect.Count("fenced"));
    }

    @Test
    void i6_noEpochBeginsOnceTheTurnsAreSpent() {
        Story story = spent().dispatch();

        assertThat(story.effects(Effect.Dispatch.class)).hasSize(1);
        assertThat(reason(story)).isEqualTo("turns-spent");
        assertThat(story.last(Effect.Bury.class)).hasSize(1);
    }

    @Test
    void i6_noEpochBeginsOnceTheWallTimeIsSpent() {
        Story story = Story.running(1).ticks((int) Envelope.DEFAULT_WALL.toSeconds()).lose().dispatch();

        assertThat(reason(story)).isEqualTo("wall-spent");
    }

    @Test
    void i6_newEnvelopeLetsATaskGoOn() {
        Story story = new Story().tell(Story.request(1, null, new Envelope(1, null, null, null), "hash")).run("w1")
                .says(Entries.replied()).says(Entries.delivered("completed", Entries.digest(1)))
                .tell(new TaskEvent.Verdict(Entries.ref("v1"), Judgement.CHANGES, Entries.digest(1), "more", null,
                        new Envelope(2, null, null, null)));

        assertThat(story.dispatch().phase()).isInstanceOf(Phase.Dispatched.class);
    }

    @Test
    void i7_verdictOnAnotherDigestChangesNothing() {
        for (Judgement judgement : Judgement.values()) {
            Story story = Story.waitingForVerdict();
            Phase before = story.phase();

            story.verdict("v1", judgement, Entries.digest(2));

            assertThat(story.phase()).isEqualTo(before);
            assertThat(story.last()).hasSize(1);
            assertThat(story.standing()).isEqualTo("stale");
        }
    }

    @Test
    void i13_inputStaysPendingUntilItsHeardIsAccepted() {
        Story story = Story.waitingForAnswer("architecte").answer("a1", Story.asked(), "architecte").dispatch().claim("w2")
                .lose();
        assertThat(story.dispatch().work().inputs()).as("the crash lost no word").hasSize(1);

        story.tell(Entries.heard(Entries.ref("a1").key()).at(2, "w2", 1));
        assertThat(story.task().words().pending()).as("heard by a void epoch").hasSize(1);

        story.claim("w3").says(Entries.heard(Entries.ref("a1").key())).lose().dispatch();
        assertThat(story.work().inputs()).as("heard, and not twice").isEmpty();
    }

    @Test
    void i13_repeatedInputIsNotHeardTwice() {
        Story story = Story.waitingForAnswer("architecte").answer("a1", Story.asked(), "architecte")
                .answer("a1", Story.asked(), "architecte");
        assertThat(story.standing()).isEqualTo("repeated");
        assertThat(story.task().words().pending()).hasSize(1);

        story.run("w2").answer("a1", Story.asked(), "architecte").message("m1").message("m1");
        assertThat(story.standing()).isEqualTo("repeated");
        assertThat(story.task().words().pending()).hasSize(1);
    }

    @Test
    void i13_answerToADeliverableThatWaitsIsNotLostByItsOk() {
        Story story = new Story().tell(Story.request(1, null, Envelope.DEFAULT, "hash")).run("w1").says(Entries.replied())
                .says(Entries.escalated(Story.asked(), "architecte", "chef-equipe")).answer("a1", Story.asked(), "architecte")
                .run("w2").says(Entries.delivered("completed", Entries.digest(1)));

        story.answer("a2", Story.asked(), "chef-equipe").verdict("v1", Judgement.OK, Entries.digest(1));

        assertThat(story.phase()).isEqualTo(new Phase.Ready());
        assertThat(story.task().words().pending()).hasSize(1);
    }

    private static Stream<Effect> terminalEvents(Story story) {
        return story.effects(Effect.class).filter(effect -> switch (effect) {
            case Effect.PublishBytes _,Effect.PublishKept _,Effect.Publish _,Effect.PublishFailure _ -> true;
            default -> false;
        });
    }

    private static String reason(Story story) {
        return story.last(Effect.Publish.class).stream().map(Effect.Publish::outcome).map(TaskFailed.class::cast).findFirst()
                .orElseThrow().reason();
    }
}
