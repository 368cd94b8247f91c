package dev.relais.coordinator.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.dispatch.WorkerSeen;
import dev.relais.coordinator.lease.FreeStreak;
import dev.relais.coordinator.lease.TickClock;
import dev.relais.coordinator.project.ProjectHome;
import dev.relais.coordinator.task.Payload;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;

/** The shard's state, typed: regions of one store, whose changelog lets another instance go on where this one was. */
final class Stores {
    private static final String STORE = "shard";

    private final StateCodec codec = new StateCodec();
    private final TaskTable tasks;
    private final Region kept;
    private final Region early;
    private final Region workers;
    private final Region projects;
    private final Region clock;
    private final Region streaks;
    private final ReadyQueue ready;
    private final Timers timers;
    private final Outside outside;
    private final Tally tally;
    private int earlyOnes;

    Stores(KeyValueStore<String, byte[]> store, Writes writes, ShardMetrics metrics, int partition) {
        this.tasks = new TaskTable(new Region(store, "task", writes), new Region(store, "origin", writes),
                new Region(store, "offsets", writes), codec);
        this.kept = new Region(store, "kept", writes);
        this.early = new Region(store, "early", writes);
        this.early.each((_, _) -> earlyOnes++);
        this.workers = new Region(store, "worker", writes);
        this.projects = new Region(store, "project", writes);
        this.clock = new Region(store, "clock", writes);
        this.tally = new Tally(clock, new Region(store, "census", writes), codec, metrics, partition);
        this.streaks = new Region(store, "streak", writes);
        this.ready = new ReadyQueue(new Region(store, "ready", writes));
        this.timers = new Timers(new Region(store, "timer", writes));
        var old = new OldOutside(new Region(store, "standing", writes), new Region(store, "run", writes), codec);
        this.outside = new Outside(new Region(store, "outside", writes), old, codec, tasks::get);
    }

    /** The stores of the shard that this context is of. */
    static Stores of(ProcessorContext<byte[], byte[]> context, Writes writes, ShardMetrics metrics) {
        return new Stores(context.getStateStore(STORE), writes, metrics, context.taskId().partition());
    }

    ReadyQueue ready() {
        return ready;
    }

    Timers timers() {
        return timers;
    }

    Outside outside() {
        return outside;
    }

    Tally tally() {
        return tally;
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                org.apache.kafka.streams.state.Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
    }

    /** Writes what is written once a record: before the record is done with, or not at all. */
    void flush() {
        ready.flush();
        tasks.flush();
        outside.flush();
        tally.flush();
    }

    // Tasks.

    @Nullable
    Task task(TaskId id) {
        return tasks.get(id);
    }

    /** A task that was not there. */
    void add(Task task) {
        tasks.add(task);
    }

    void put(Task task) {
        tasks.put(task);
    }

    /** All that is held of a task goes. */
    void forget(TaskId id) {
        tasks.forget(id);
        kept.delete(id.value());
    }

    /** The task's entry at this offset was accepted; the task that was put counts it. */
    void keepOffset(TaskId id, long offset) {
        tasks.keepOffset(id, offset);
    }

    /** Of the task's accepted entries. */
    List<Long> offsets(TaskId id) {
        return tasks.offsets(id);
    }

    // The ready queue.

    /** At the end of its line, once. */
    void enqueue(Task task) {
        dequeue(task.id());
        long arrival = tally.nextArrival();
        tasks.waits(task.id(), arrival);
        ready.enqueue(new ReadyQueue.Place(task.agent(), task.priority(), arrival), task.id());
    }

    /** Nothing where it does not wait. */
    void dequeue(TaskId id) {
        Task task = tasks.get(id);
        var arrival = tasks.arrival(id);
        if (task != null && arrival.isPresent()) {
            ready.dequeue(new ReadyQueue.Place(task.agent(), task.priority(), arrival.get()), id);
            tasks.waitsNoMore(id);
        } else {
            ready.dequeueOld(id);
        }
    }

    // A deliverable that awaits its verdict.

    void keep(TaskId id, Payload value) {
        kept.put(id.value(), value.bytes());
    }

    Optional<Payload> takeKept(TaskId id) {
        return Optional.ofNullable(kept.delete(id.value())).map(Payload::new);
    }

    // Workers.

    void put(WorkerId id, WorkerSeen seen) {
        workers.put(id.value(), codec.write(seen));
    }

    void removeWorker(WorkerId id) {
        workers.delete(id.value());
    }

    void workers(BiConsumer<WorkerId, WorkerSeen> each) {
        workers.each((id, bytes) -> each.accept(new WorkerId(id), codec.read(bytes, WorkerSeen.class)));
    }

    // Verdicts, answers, messages and cancels that came before their task, for ten minutes (rule 8).

    void putEarly(TaskId task, String arrival, byte[] record) {
        early.put(task + "|" + arrival, record);
        earlyOnes++;
    }

    Optional<byte[]> takeEarly(TaskId task, String arrival) {
        byte[] record = early.delete(task + "|" + arrival);
        if (record != null) {
            earlyOnes--;
        }
        return Optional.ofNullable(record);
    }

    /** Of records that wait for this task, by arrival; the oldest first. */
    List<String> early(TaskId task) {
        var arrivals = new ArrayList<String>();
        if (earlyOnes == 0) {
            // As nearly always: a range costs more than all else that a new task asks of the store.
            return arrivals;
        }
        early.each(task + "|", task + "|~", (key, _) -> arrivals.add(key.substring(key.lastIndexOf('|') + 1)));
        return arrivals;
    }

    // Projects and the clock.

    Optional<ProjectHome> project(String name) {
        return Optional.ofNullable(projects.get(name)).map(bytes -> codec.read(bytes, ProjectHome.class));
    }

    void put(ProjectHome home) {
        projects.put(home.project(), codec.write(home));
    }

    TickClock clock() {
        byte[] bytes = clock.get("ticks");
        return bytes == null ? TickClock.START : codec.read(bytes, TickClock.class);
    }

    void put(TickClock ticks) {
        clock.put("ticks", codec.write(ticks));
    }

    FreeStreak streak(AgentName agent) {
        byte[] bytes = streaks.get(agent.value());
        return bytes == null ? FreeStreak.NONE : codec.read(bytes, FreeStreak.class);
    }

    void put(AgentName agent, FreeStreak streak) {
        streaks.put(agent.value(), codec.write(streak));
    }
}
