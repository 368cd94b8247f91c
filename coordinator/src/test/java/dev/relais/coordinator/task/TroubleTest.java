package dev.relais.coordinator.task;

import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.task.Task.Phase;
import dev.relais.coordinator.task.TaskEvent.Loss;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/** Which losses of a run are put down to its task (rule 9). */
final class TroubleTest {
    private static TaskFailed failure(Story story) {
        return story.last(Effect.Publish.class).stream().map(Effect.Publish::outcome).map(TaskFailed.class::cast).findFirst()
                .orElseThrow();
    }

    @Test
    void taskThatLosesItsWorkersThreeTimesWithoutProgressIsPoison() {
        Story story = Story.running(1).lose().run("w2").lose();
        assertThat(story.task().trouble().suspect()).as("after two in a row").isTrue();
        assertThat(story.dispatch().work().suspect()).isTrue();

        story.claim("w3").begins().says(Entries.heard(Entries.ref("r1").key())).lose();

        assertThat(failure(story).reason()).isEqualTo("poison");
        assertThat(story.last(Effect.Bury.class)).singleElement()
                .satisfies(bury -> assertThat(bury.letter().redrivable()).isTrue());
        assertThat(story.phase()).isInstanceOf(Phase.Ended.class);
    }

    @Test
    void lossOfASuspectThatOnlyWaitsForItsTurnDoesNotCount() {
        Story story = Story.running(1).lose().run("w2").lose();
        for (int epoch = 3; epoch <= 6; epoch++) {
            story.run("w" + epoch).lose();
            assertThat(story.task().trouble().expiries()).as("another suspect may have killed its worker").isEqualTo(2);
            assertThat(story.task().trouble().silent()).hasSize(2);
            assertThat(story.task().trouble().suspect()).isTrue();
        }
        story.run("w0").says(Entries.yielded("shutdown"));
        assertThat(story.task().trouble().suspect()).as("let go of while it waited").isTrue();
        assertThat(failure(story.run("w7").begins().lose()).reason()).isEqualTo("poison");
    }

    /** What kills its worker slowly may let it write one more (coordinator/docs/0007). */
    @Test
    void entryOfAnOwnerThatWasSilentTakesNothingBack() {
        Story story = Story.running(1).lose().dispatch().tell(Entries.replied().at(1, "w1", 2));
        assertThat(story.task().trouble().expiries()).isEqualTo(1);

        assertThat(story.run("w1").lose().task().trouble().suspect()).isTrue();
    }

    @Test
    void taskOfAFleetThatFreezesAgainAndAgainIsNoPoison() {
        Story story = Story.running(1).lose("w1", "w2", "w3");
        for (int freeze = 2; freeze <= 10; freeze++) {
            story.run("w" + (1 + freeze % 3)).lose("w1", "w2", "w3");
            assertThat(story.task().trouble().expiries()).as("but for the last one's, who may be dead").isEqualTo(1);
        }
    }

    @Test
    void oneDeathAmongSilencesIsCountedOnce() {
        Story story = Story.running(1).lose().run("w2").lose("w1").run("w3").lose("w1");
        assertThat(story.task().trouble().silent()).containsExactly(new WorkerId("w2"), new WorkerId("w3"));
        assertThat(failure(story.run("w4").begins().lose("w1")).reason()).isEqualTo("poison");
    }

    /** The worker lives and the run is dead: no sign of its life excuses that. */
    @Test
    void runsThatDieInLivingWorkersArePoison() {
        Story story = Story.requested(1);
        for (int epoch = 1; epoch <= 3; epoch++) {
            story.run("w1").begins().tell(new TaskEvent.OwnerLost(new WorkerId("w1"), Loss.UNNAMED, Set.of(new WorkerId("w1"))));
        }
        assertThat(failure(story).reason()).isEqualTo("poison");
    }

    @Test
    void anyOtherEntryClearsASuspect() {
        Story story = Story.running(1).lose().run("w2").lose().run("w3").says(Entries.replied());
        assertThat(story.task().trouble().suspect()).isFalse();

        assertThat(story.lose().task().trouble().expiries()).as("this run had got somewhere").isZero();
    }

    @Test
    void yieldsAndUnclaimedWorkAreNoExpiries() {
        Story story = Story.running(1).lose().run("w2").lose().dispatch().tell(new TaskEvent.StoodUnclaimed()).run("w3");
        assertThat(story.task().trouble().expiries()).isEqualTo(2);

        assertThat(story.begins().says(Entries.yielded("shutdown")).task().trouble().expiries()).isZero();
    }

    @Test
    void gapsThatNeverEndAreBoundedLikeLosses() {
        Story story = Story.requested(1);
        for (int epoch = 1; epoch <= 3; epoch++) {
            story.dispatch().claim("w" + epoch).begins().tell(Entries.replied().at(epoch, "w" + epoch, 5));
        }

        assertThat(failure(story).reason()).isEqualTo("poison");
    }
}
