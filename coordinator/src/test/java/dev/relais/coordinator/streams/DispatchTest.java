package dev.relais.coordinator.streams;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.WorkDispatched;

import static org.assertj.core.api.Assertions.assertThat;

/** The backlog waits in the coordinator, not in the inbox (rule 11). One partition: a shard's share is the whole. */
final class DispatchTest {
    private final Rig rig;

    DispatchTest(@TempDir Path directory) {
        rig = Rig.of(directory);
        rig.tick();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private List<String> dispatched() {
        return rig.work().stream().map(work -> work.taskId().value()).toList();
    }

    @Test
    void withoutALiveWorkerNothingIsDispatched() {
        rig.request(Asking.task("t1")).ticks(30);
        assertThat(dispatched()).isEmpty();
        assertThat(rig.snapshot().epoch()).isZero();
    }

    @Test
    void firstBeatLetsTheBacklogGoUpToTheCapacityAndOneMore() {
        for (int i = 1; i <= 5; i++) {
            rig.request(Asking.task("t" + i));
        }
        new FakeWorker(rig, "w1", 2).beats();
        assertThat(dispatched()).containsExactly("t1", "t2", "t3");
    }

    @Test
    void conclusionMakesRoomForTheNext() {
        var worker = new FakeWorker(rig, "w1", 1).beats();
        for (int i = 1; i <= 3; i++) {
            rig.request(Asking.task("t" + i));
        }
        List<WorkDispatched> work = rig.work();
        assertThat(work).hasSize(2);

        worker.takes(work.getFirst()).delivers(work.getFirst());

        assertThat(dispatched()).containsExactly("t3");
    }

    @Test
    void higherPriorityGoesFirstThenFirstCome() {
        rig.request(Asking.task("plain1", 2, null, null)).request(Asking.task("low", 2, null, 0))
                .request(Asking.task("high", 2, null, 9)).request(Asking.task("plain2", 2, null, 5));
        new FakeWorker(rig, "w1", 8).beats();
        assertThat(dispatched()).containsExactly("high", "plain1", "plain2", "low");
    }

    @Test
    void freeSlotsAreFilledOnceATickWhateverIsOutstanding() {
        // The shard holds three runs of a fleet of two: other shards' slots, which stand free again.
        var worker = new FakeWorker(rig, "w1", 2).beats();
        for (int i = 1; i <= 6; i++) {
            rig.request(Asking.task("t" + i));
        }
        rig.work().forEach(worker::takes);
        worker.beats(2, rig.work().stream().map(work -> "").toList());
        assertThat(dispatched()).isEmpty();

        rig.ticks(1);

        assertThat(dispatched()).containsExactly("t4", "t5");
    }

    @Test
    void silentWorkersCapacityIsNobodys() {
        new FakeWorker(rig, "w1", 2).beats();
        rig.ticks(10).request(Asking.task("t1"));
        assertThat(dispatched()).isEmpty();
    }

    @Test
    void workThatNobodyClaimsIsSentAgainAfterTwentyTicksWithAFreeSlot() {
        var worker = new FakeWorker(rig, "w1", 2).beats();
        rig.request(Asking.task("t1"));
        assertThat(dispatched()).hasSize(1);

        rig.livingTicks(19, worker);
        assertThat(dispatched()).isEmpty();
        rig.livingTicks(1, worker);

        assertThat(rig.work()).extracting(WorkDispatched::epoch).containsExactly(2);
        assertThat(rig.counted("relais.coordinator.unclaimed")).isEqualTo(1);
    }

    /** The shard reads a backlog: ticks that are older than what it dispatches now, and behind them the claim. */
    @Test
    void backlogOfTicksSendsNothingAgainThatItCouldNotHaveSeenClaimed() {
        var worker = new FakeWorker(rig, "w1", 2).beats();
        rig.request(Asking.task("t1"));
        WorkDispatched work = rig.work().getFirst();
        for (int i = 0; i < 50; i++) {
            rig.after(Rig.TICK).tick(0);
            worker.beats();
        }
        worker.takes(work).replies(work).delivers(work);

        assertThat(rig.deliverables()).hasSize(1);
        assertThat(rig.counted("relais.coordinator.unclaimed")).isZero();
    }

    @Test
    void workThatNobodyClaimsWaitsWhileNobodyIsFree() {
        var worker = new FakeWorker(rig, "w1", 2).beats();
        rig.request(Asking.task("t1"));
        rig.work();
        for (int i = 0; i < 50; i++) {
            rig.ticks(1);
            worker.beats(0, List.of());
        }
        assertThat(dispatched()).isEmpty();
    }

    @Test
    void lateClaimOfWorkThatWasSentAgainIsVoid() {
        var worker = new FakeWorker(rig, "w1", 2).beats();
        rig.request(Asking.task("t1"));
        WorkDispatched old = rig.work().getFirst();
        rig.livingTicks(20, worker);
        WorkDispatched current = rig.work().getFirst();

        worker.takes(old).delivers(old, "completed", "old");
        worker.takes(current).delivers(current, "completed", "current");

        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.event().data().toString()).contains("current"));
    }

    @Test
    void punctuatorWritesTicksAndTheGaugesShowTheShard() {
        var worker = new FakeWorker(rig, "w1", 2).beats();
        for (int i = 1; i <= 5; i++) {
            rig.request(Asking.task("t" + i));
        }
        worker.takes(rig.work().getFirst());

        rig.wallClock(Rig.TICK);

        assertThat(rig.records(rig.topics.journal())).hasSize(1);
        assertThat(rig.gauge("relais.coordinator.ready", "agent", "backend-dev")).isEqualTo(2);
        assertThat(rig.gauge("relais.coordinator.standing", "agent", "backend-dev")).isEqualTo(2);
        assertThat(rig.gauge("relais.coordinator.outstanding", "agent", "backend-dev")).isEqualTo(3);
        assertThat(rig.gauge("relais.coordinator.workers.capacity", "agent", "backend-dev")).isEqualTo(2);
        assertThat(rig.gauge("relais.coordinator.tasks", "agent", "backend-dev", "state", "SUBMITTED")).isEqualTo(2);
        assertThat(rig.gauge("relais.coordinator.tasks", "agent", "backend-dev", "state", "WORKING")).isEqualTo(3);
    }
}
