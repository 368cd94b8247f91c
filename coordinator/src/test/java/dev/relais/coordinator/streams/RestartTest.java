package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
    private static final WorkerId OWNER = new WorkerId("w1");
    private final MapStore store = new MapStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private Stores stores() {
        return new Stores(store, new Writes(), new ShardMetrics(registry), 0);
    }

    private static Task task(String id, Task.Phase phase) {
        return Tasks.inPhase(id, phase);
    }

    private static Task claimed(String id) {
        return task(id, new Task.Phase.Claimed(OWNER, 1, 7));
    }

    /** As it is dispatched and then claimed, each with a record of its own. */
    private static Outside.Owned claims(Stores stores, String id, long number) {
        Task dispatched = task(id, new Task.Phase.Dispatched(7));
        stores.put(dispatched);
        stores.outside().stands(new Outside.Standing(dispatched.id(), AGENT, number));
        stores.flush();
        var run = new Outside.Owned(OWNER, dispatched.id(), dispatched.epoch(), AGENT, 0);
        stores.put(claimed(id));
        stores.outside().runs(run);
        stores.outside().stoodUp(dispatched.id());
        stores.flush();
        return run;
    }

    @Test
    void workOutsideIsKnownAfterARestart() {
        Stores before = stores();
        Task standing = task("t1", new Task.Phase.Dispatched(7));
        before.put(standing);
        before.outside().stands(new Outside.Standing(standing.id(), AGENT, 3));
        before.outside().runs(claims(before, "t2", 4).unnamed(2));
        before.outside().ended(OWNER, claims(before, "t3", 5).task());
        claims(before, "t4", 6);
        before.flush();

        Outside after = stores().outside();
        assertThat(after.unclaimed(AGENT)).isEqualTo(1);
        assertThat(after.outstanding(AGENT)).isEqualTo(3);
        assertThat(after.standing()).extracting(Outside.Standing::number).containsExactly(3L);
        assertThat(after.runs(OWNER)).extracting(Outside.Owned::unnamed).containsExactly(2, 0);
        assertThat(after.runs(OWNER)).extracting(run -> run.task().value()).containsExactly("t2", "t4");
    }

    @Test
    void claimWritesItsTaskAndNothingElse() {
        Stores stores = stores();
        Task dispatched = task("t1", new Task.Phase.Dispatched(7));
        stores.put(dispatched);
        stores.outside().stands(new Outside.Standing(dispatched.id(), AGENT, 3));
        stores.flush();
        int writes = store.writes();

        stores.put(claimed("t1"));
        stores.outside().stoodUp(dispatched.id());
        stores.outside().runs(new Outside.Owned(OWNER, dispatched.id(), dispatched.epoch(), AGENT, 0));
        stores.flush();

        assertThat(store.writes() - writes).isEqualTo(1);
    }

    @Test
    void workThatIsOutsideNoMoreLeavesNothing() {
        Stores stores = stores();
        stores.outside().ended(OWNER, claims(stores, "t1", 1).task());
        stores.flush();
        assertThat(store.keys("outside/")).isEmpty();
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

    /** What is outside, its counters and the census, each under the keys that version 1 had. */
    @Test
    void whatVersionOneStoredIsReadAndThenLiesAsThisReleaseLaysIt() {
        put("standing/t1", "{\"task\":\"t1\",\"agent\":\"backend-dev\",\"number\":41}");
        put("run/w1|t2", "{\"owner\":\"w1\",\"task\":\"t2\",\"epoch\":3,\"agent\":\"backend-dev\",\"unnamed\":2}");
        store.put("clock/arrivals", ByteBuffer.allocate(Long.BYTES).putLong(0, 40).array());
        store.put("clock/dispatches", ByteBuffer.allocate(Long.BYTES).putLong(0, 41).array());
        store.put("census/WORKING|backend-dev", ByteBuffer.allocate(Integer.BYTES).putInt(0, 2).array());

        Stores first = stores();
        assertThat(first.outside().unclaimed(AGENT)).isEqualTo(1);
        assertThat(first.outside().runs(OWNER)).extracting(Outside.Owned::unnamed).containsExactly(2);
        // The first record that changes anything writes it anew.
        first.put(task("t1", new Task.Phase.Dispatched(7)));
        first.put(claimed("t2"));
        first.outside().stands(new Outside.Standing(new TaskId("t3"), AGENT, first.tally().nextDispatch()));
        first.put(task("t3", new Task.Phase.Dispatched(7)));
        first.tally().moved(null, task("t3", new Task.Phase.Dispatched(7)));
        first.flush();

        Stores second = stores();
        assertThat(second.outside().standing()).extracting(Outside.Standing::number).containsExactly(41L, 42L);
        assertThat(second.outside().runs(OWNER)).extracting(Outside.Owned::unnamed).containsExactly(2);
        assertThat(second.tally().dispatches()).isEqualTo(42);
        assertThat(second.tally().nextArrival()).isEqualTo(41);
        assertThat(registry.get("relais.coordinator.tasks").tag("state", "WORKING").gauge().value()).isEqualTo(3);
        assertThat(store.keys("standing/")).isEmpty();
        assertThat(store.keys("run/")).isEmpty();
        assertThat(store.keys("census/")).isEmpty();
        assertThat(store.keys("clock/")).containsExactly("clock/tally");
    }

    private void put(String key, String json) {
        store.put(key, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void taskThatIsEnqueuedAgainWaitsOnceAtTheEndAlsoAfterARestart() {
        Stores before = stores();
        for (String id : List.of("t1", "t2", "t1")) {
            Task ready = task(id, new Task.Phase.Ready());
            before.put(ready);
            before.enqueue(ready);
            before.flush();
        }
        assertThat(before.ready().waiting(AGENT)).isEqualTo(2);

        Stores after = stores();
        assertThat(after.ready().waiting(AGENT)).isEqualTo(2);
        assertThat(after.ready().first(AGENT)).contains(new TaskId("t2"));
        after.dequeue(new TaskId("t2"));
        after.dequeue(new TaskId("t2"));
        assertThat(after.ready().first(AGENT)).contains(new TaskId("t1"));
        after.dequeue(new TaskId("t1"));
        after.flush();
        assertThat(store.keys("ready/")).isEmpty();
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
        timers.stop(new TaskId("t1"), "WAIT", 200);
        timers.start(new TaskId("t1"), "WAIT", 150);
        timers.stop(new TaskId("t3"), "WAIT", 300);
        assertThat(timers.takeDue(99)).isEmpty();
        assertThat(stores().timers().takeDue(400)).extracting(due -> due.task().value() + "@" + due.due())
                .containsExactly("t2@100", "t1@150");
        assertThat(timers.takeDue(400)).isEmpty();
    }

    @Test
    void timerThatVersionOneStartedFiresOrStopsAndLeavesNothing() {
        for (long due : List.of(100L, 200L, 300L)) {
            put("timer/d|" + Region.ordered(due) + "|WAIT|t" + due, "t" + due);
            put("timer/t|t" + due + "|WAIT", Long.toString(due));
        }
        Timers timers = stores().timers();
        timers.stop(new TaskId("t200"), "WAIT", 200);
        timers.stopOld(new TaskId("t300"), "WAIT");
        assertThat(timers.takeDue(400)).extracting(due -> due.task().value()).containsExactly("t100");
        assertThat(store.approximateNumEntries()).isZero();
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
        Tally before = stores().tally();
        assertThat(before.nextArrival()).isOne();
        assertThat(before.nextArrival()).isEqualTo(2);
        before.flush();
        assertThat(stores().tally().nextArrival()).isEqualTo(3);
    }

    @Test
    void whatARecordCountsIsOneWrite() {
        Tally tally = stores().tally();
        Task ready = task("t1", new Task.Phase.Ready());
        tally.moved(null, ready);
        tally.nextArrival();
        tally.moved(ready, task("t1", new Task.Phase.Dispatched(7)));
        tally.nextDispatch();
        tally.flush();
        assertThat(store.writes()).isEqualTo(1);
        tally.flush();
        assertThat(store.writes()).isEqualTo(1);
    }
}
