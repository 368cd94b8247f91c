package dev.relais.coordinator.streams;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.WorkDispatched;

import static org.assertj.core.api.Assertions.assertThat;

/** Which deaths and silences of workers are put down to a task (rule 9). */
final class PoisonTest extends TwoWorkers {
    PoisonTest(@TempDir Path directory) {
        super(directory);
    }

    /** The next worker runs it, as a suspect when its turn has come, and is heard no more. */
    private FakeWorker runAndFallSilent(WorkDispatched work, String worker) {
        var victim = new FakeWorker(rig, worker, 4);
        victim.takes(work);
        if (work.suspect()) {
            victim.begins(work);
        }
        rig.livingTicks(10, second);
        return victim;
    }

    @Test
    void taskThatKillsThreeWorkersEndsAsPoison() {
        WorkDispatched work = dispatched("t1");
        for (int life = 1; life <= 3; life++) {
            assertThat(work.suspect()).isEqualTo(life == 3);
            runAndFallSilent(work, "victim" + life);
            var again = rig.work();
            work = again.isEmpty() ? work : again.getFirst();
        }
        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.as(TaskFailed.class).reason()).isEqualTo("poison"));
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.redrivable()).isTrue());
    }

    /** As where memory runs out slowly: the worker stands still, is heard once more, and dies. */
    @Test
    void taskThatFreezesItsWorkersBeforeItKillsThemEndsAsPoison() {
        WorkDispatched work = dispatched("t1");
        for (int life = 1; life <= 3; life++) {
            runAndFallSilent(work, "victim" + life).beats();
            var again = rig.work();
            work = again.isEmpty() ? work : again.getFirst();
        }
        assertThat(rig.deliverables()).singleElement()
                .satisfies(written -> assertThat(written.as(TaskFailed.class).reason()).isEqualTo("poison"));
    }

    @Test
    void taskWhoseOwnersWereOnlyFrozenIsNoPoison() {
        WorkDispatched work = dispatched("t1");
        for (int freeze = 1; freeze <= 4; freeze++) {
            FakeWorker owner = freeze % 2 == 0 ? first : second;
            owner.takes(work);
            rig.livingTicks(11, first, second).ticks(10);
            first.beats();
            second.beats();
            work = rig.work().getFirst();
            assertThat(work.epoch()).isEqualTo(freeze + 1);
        }
        assertThat(rig.deliverables()).isEmpty();
        assertThat(rig.snapshot().expiries()).isLessThan(2);
    }
}
