package dev.relais.coordinator.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.ControlEvent.FenceRun;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.WorkDispatched;

import static org.assertj.core.api.Assertions.assertThat;

/** Leases count ticks and beats of the log, and nothing else (rules 2 and 3). */
final class LeasesTest extends TwoWorkers {
    LeasesTest(@TempDir Path directory) {
        super(directory);
    }

    @Test
    void silentOwnerLosesItsTaskAfterTenTicks() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).replies(work);

        rig.livingTicks(9, second);
        assertThat(rig.work()).isEmpty();
        rig.livingTicks(1, second);

        assertThat(rig.work()).singleElement().satisfies(again -> {
            assertThat(again.epoch()).isEqualTo(2);
            assertThat(again.offsets()).hasSize(3);
        });
        assertThat(rig.counted("relais.coordinator.lease.expired")).isEqualTo(1);
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).extracting(FenceRun::worker).containsExactly(first.id());
    }

    @Test
    void leaseDoesNotExpireByTheCalendar() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);

        rig.after(Duration.ofHours(5));
        second.beats();
        rig.ticks(9);

        assertThat(rig.work()).isEmpty();
    }

    @Test
    void entryKeepsALeaseAsABeatDoes() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);
        rig.livingTicks(9, second);
        first.replies(work);

        rig.livingTicks(9, second);

        assertThat(rig.work()).isEmpty();
    }

    @Test
    void backlogOfBeatsExpiresNothing() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);

        // For a minute nobody wrote, as where the broker was away; what stands behind that gap is read at once, a tick before the owner's first beat. By
        // the calendar the owner was silent for six leases when that tick comes, by ticks for one of ten.
        rig.wallClock(Duration.ofMinutes(1));
        rig.livingTicks(9, first, second);
        // And once more, with the beats of a minute in which the coordinator was away, and no tick between them.
        for (int i = 0; i < 60; i++) {
            rig.after(Rig.TICK);
            first.beats();
            second.beats();
        }
        rig.livingTicks(9, first, second);

        assertThat(rig.work()).isEmpty();
        assertThat(rig.read(rig.topics.control())).isEmpty();
    }

    @Test
    void deadOwnerExpiresAlthoughItsOldBeatsStandInTheBacklog() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);
        for (int i = 0; i < 20; i++) {
            rig.after(Rig.TICK);
            first.beats();
        }

        rig.livingTicks(10, second);

        assertThat(rig.work()).extracting(WorkDispatched::epoch).containsExactly(2);
    }

    @Test
    void ticksOfTwoCoordinatorsAgeALeaseOnce() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);
        for (int i = 0; i < 9; i++) {
            rig.livingTicks(1, second);
            rig.after(Duration.ofMillis(100)).tick().after(Duration.ofMillis(-100));
        }
        assertThat(rig.work()).isEmpty();
    }

    @Test
    void runThatThreeBeatsDoNotNameIsLost() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).forgets(work);

        rig.livingTicks(2, first);
        assertThat(rig.work()).isEmpty();
        rig.livingTicks(1, first);

        assertThat(rig.work()).extracting(WorkDispatched::epoch).containsExactly(2);
    }

    @Test
    void beatsThatPileUpLoseNoRunTheFaster() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).forgets(work);
        rig.ticks(1);
        for (int i = 0; i < 5; i++) {
            first.beats();
        }
        assertThat(rig.work()).isEmpty();
    }

    @Test
    void beatThatNamesARunBeginsTheCountAgain() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);
        String run = RunKey.of(work.taskId(), work.epoch()).toString();
        for (int i = 0; i < 4; i++) {
            rig.ticks(1);
            first.beats(4, i % 2 == 0 ? List.of() : List.of(run));
        }
        rig.ticks(1);
        first.beats(4, List.of());
        assertThat(rig.work()).isEmpty();
    }

    @Test
    void beatThatNamesARunThatIsNotCurrentIsFenced() {
        first.beats(4, List.of("00000000deadbeef"));
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).singleElement().satisfies(fence -> {
            assertThat(fence.run()).isEqualTo("00000000deadbeef");
            assertThat(fence.worker()).isEqualTo(first.id());
        });
    }

    @Test
    void zombieThatBeatsOnIsFencedOnceALease() {
        List<String> zombie = List.of("00000000deadbeef");
        for (int tick = 0; tick < 25; tick++) {
            first.beats(4, zombie);
            rig.ticks(1);
        }
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).as("at 0, 10 and 20").hasSize(3);
    }

    @Test
    void eachZombieIsFencedAndOneThatCameBackIsFencedAnew() {
        first.beats(4, List.of("00000000deadbeef"));
        first.beats(4, List.of("00000000deadbeef", "00000000deadbee0"));
        second.beats(4, List.of("00000000deadbeef"));
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).extracting(fence -> fence.worker() + " " + fence.run())
                .containsExactly(first.id() + " 00000000deadbeef", first.id() + " 00000000deadbee0",
                        second.id() + " 00000000deadbeef");

        first.beats(4, List.of());
        first.beats(4, List.of("00000000deadbeef"));
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).hasSize(1);
    }

    @Test
    void i3_entryOfAnOldEpochChangesNothing() {
        WorkDispatched old = dispatched("t1");
        first.takes(old).replies(old);
        rig.livingTicks(10, second);
        WorkDispatched current = rig.work().getFirst();
        second.takes(current);
        rig.records(rig.topics.tasks());

        first.replies(old).delivers(old, "completed", "zombie's");
        second.replies(current).delivers(current, "completed", "heir's");

        assertThat(rig.deliverables()).hasSize(1).first().extracting(written -> written.event().data().toString()).asString()
                .contains("heir's");
        assertThat(rig.snapshot().wasted()).isEqualTo(FakeWorker.USAGE);
        assertThat(rig.counted("relais.coordinator.fenced")).isEqualTo(2);
    }

    @Test
    void secondClaimOfAnEpochIsFenced() {
        WorkDispatched work = dispatched("t1");
        first.takes(work);
        second.claims(work, false);
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).extracting(FenceRun::worker).containsExactly(second.id());
    }

    @Test
    void claimOfATaskThatNobodyKnowsIsFenced() {
        WorkDispatched work = dispatched("t1");
        first.writes(new dev.relais.schemas.event.TaskId("elsewhere"), work.epoch(), 0, new JournalEntry.Claimed("h", null),
                false);
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).extracting(FenceRun::worker).containsExactly(first.id());
    }

    @Test
    void missingEntryFencesTheRunAndTheTaskGoesOn() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).loses(work).replies(work);
        assertThat(rig.read(rig.topics.control(), FenceRun.class)).hasSize(1);
        assertThat(rig.work()).extracting(WorkDispatched::epoch).containsExactly(2);
    }

    @Test
    void repeatedEntryChangesNothing() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).replies(work);
        first.writes(work.taskId(), 1, 3, new JournalEntry.Concluded(
                new Conclusion.Delivered(FakeWorker.deliverable(work, "completed", "done"))), false);
        first.writes(work.taskId(), 1, 3, new JournalEntry.Concluded(
                new Conclusion.Delivered(FakeWorker.deliverable(work, "completed", "done"))), false);
        assertThat(rig.deliverables()).hasSize(1);
    }

    @Test
    void yieldGoesOnAtOnceAndCountsAsNoExpiry() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).replies(work).yields(work, "shutdown");
        assertThat(rig.work()).extracting(WorkDispatched::epoch).containsExactly(2);
        assertThat(rig.counted("relais.coordinator.lease.expired")).isZero();
    }

    @Test
    void yieldForAModelThatIsAwayWaitsOutItsBackoff() {
        WorkDispatched work = dispatched("t1");
        first.takes(work).yields(work, "model-unavailable");
        rig.livingTicks(4, first, second);
        assertThat(rig.work()).isEmpty();
        rig.livingTicks(1, first, second);
        assertThat(rig.work()).extracting(WorkDispatched::epoch).containsExactly(2);
    }
}
