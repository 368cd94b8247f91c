package dev.relais.coordinator.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.relais.coordinator.dispatch.WorkerSeen;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/** What a shard holds in memory is a cache: made anew from its store it is the same. */
final class RestartTest {
    private static final AgentName AGENT = new AgentName("backend-dev");
    private final MapStore store = new MapStore();

    private Stores stores() {
        return new Stores(store, new Writes(), new ShardMetrics(new SimpleMeterRegistry()), 0);
    }

    @Test
    void workOutsideIsKnownAfterARestart() {
        var owner = new WorkerId("w1");
        Outside before = stores().outside();
        before.stands(new Outside.Standing(new TaskId("t1"), AGENT, 3));
        before.runs(new Outside.Owned(owner, new TaskId("t2"), 1, AGENT, 2));
        before.runs(new Outside.Owned(owner, new TaskId("t3"), 1, AGENT, 0));
        before.ended(owner, new TaskId("t3"));

        Outside after = stores().outside();
        assertThat(after.unclaimed(AGENT)).isEqualTo(1);
        assertThat(after.outstanding(AGENT)).isEqualTo(2);
        assertThat(after.standing()).extracting(Outside.Standing::number).containsExactly(3L);
        assertThat(after.runs(owner)).extracting(Outside.Owned::unnamed).containsExactly(2);
    }

    @Test
    void runThatIsWrittenAgainCountsOnce() {
        Outside outside = stores().outside();
        var run = new Outside.Owned(new WorkerId("w1"), new TaskId("t1"), 1, AGENT, 0);
        outside.runs(run);
        outside.runs(run.unnamed(1));
        assertThat(outside.outstanding(AGENT)).isEqualTo(1);
        outside.ended(run.owner(), run.task());
        outside.ended(run.owner(), run.task());
        assertThat(outside.outstanding(AGENT)).isZero();
    }

    @Test
    void workersAreKnownAfterARestart() {
        var worker = WorkerSeen.unknown(7);
        stores().put(new WorkerId("w1"), worker);
        stores().workers((id, seen) -> assertThat(seen).isEqualTo(worker));
    }

    @Test
    void timersFireByDueTimeAndOnce() {
        Timers timers = stores().timers();
        timers.start(new TaskId("t1"), "WAIT", 200);
        timers.start(new TaskId("t2"), "WAIT", 100);
        timers.start(new TaskId("t3"), "WAIT", 300);
        timers.start(new TaskId("t1"), "WAIT", 150);
        timers.stop(new TaskId("t3"), "WAIT");
        assertThat(timers.takeDue(99)).isEmpty();
        assertThat(stores().timers().takeDue(400)).extracting(due -> due.task().value() + "@" + due.due())
                .containsExactly("t2@100", "t1@150");
        assertThat(timers.takeDue(400)).isEmpty();
    }

    @Test
    void taskIsWrittenOnceARecordAndReadAsItWasLastDecided() {
        Stores before = stores();
        Task first = Tasks.inPhase(new Task.Phase.Ready());
        Task last = Tasks.inPhase(new Task.Phase.Dispatched(3));
        before.put(first);
        before.put(last);
        assertThat(before.task(last.id())).as("before it is written").isEqualTo(last);
        assertThat(stores().task(last.id())).as("nothing is written before the record is done with").isNull();

        before.flush();

        assertThat(before.task(last.id())).isEqualTo(last);
        assertThat(stores().task(last.id())).isEqualTo(last);
    }

    @Test
    void tasksThatDoNotFitIntoMemoryAreReadFromTheStore() {
        Stores stores = stores();
        for (int i = 0; i < 200; i++) {
            stores.put(Tasks.asking("t" + i, "x".repeat(100_000)));
            stores.flush();
        }
        for (int i = 0; i < 200; i++) {
            assertThat(stores.task(new TaskId("t" + i))).isEqualTo(Tasks.asking("t" + i, "x".repeat(100_000)));
        }
    }

    @Test
    void arrivalsGoOnAfterARestart() {
        Stores before = stores();
        assertThat(before.nextArrival()).isOne();
        assertThat(before.nextArrival()).isEqualTo(2);
        before.flush();
        assertThat(stores().nextArrival()).isEqualTo(3);
    }
}
