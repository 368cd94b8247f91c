package dev.relais.coordinator.streams;

import java.nio.ByteBuffer;
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
import dev.relais.coordinator.lease.TickClock;
import dev.relais.coordinator.project.ProjectHome;
import dev.relais.coordinator.task.Payload;
import dev.relais.coordinator.task.Task;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;

/** The shard's state, typed. Every store has a changelog, so that another instance goes on where this one was. */
final class Stores {
    private static final String TASKS = "tasks";
    private static final String OFFSETS = "offsets";
    private static final String KEPT = "kept";
    private static final String READY = "ready";
    private static final String TIMERS = "timers";
    private static final String WORKERS = "workers";
    private static final String RUNS = "runs";
    private static final String STANDING = "standing";
    private static final String EARLY = "early";
    private static final String PROJECTS = "projects";
    private static final String CLOCK = "clock";
    private static final String CENSUS = "census";
    private static final List<String> ALL = List.of(TASKS, OFFSETS, KEPT, READY, TIMERS, WORKERS, RUNS, STANDING, EARLY, PROJECTS,
            CLOCK, CENSUS);
    /** Offsets of one chunk: a chunk is rewritten with each entry, so it stays small. */
    private static final int CHUNK = 128;

    private final StateCodec codec = new StateCodec();
    private final ProcessorContext<byte[], byte[]> context;
    private final ReadyQueue ready;
    private final Timers timers;
    private final Outside outside;
    private final Census census;

    Stores(ProcessorContext<byte[], byte[]> context, ShardMetrics metrics) {
        this.context = context;
        this.ready = new ReadyQueue(store(READY));
        this.timers = new Timers(store(TIMERS));
        this.outside = new Outside(store(STANDING), store(RUNS), codec);
        this.census = new Census(store(CENSUS), metrics, context.taskId().partition());
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

    Census census() {
        return census;
    }

    static List<StoreBuilder<KeyValueStore<String, byte[]>>> builders() {
        return ALL.stream().map(name -> org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray()))
                .toList();
    }

    private KeyValueStore<String, byte[]> store(String name) {
        return context.getStateStore(name);
    }

    // Tasks.

    @Nullable
    Task task(TaskId id) {
        byte[] bytes = store(TASKS).get(id.value());
        return bytes == null ? null : codec.task(bytes);
    }

    void put(Task task) {
        store(TASKS).put(task.id().value(), codec.write(task));
    }

    /** Everything of a task but its state goes: chunks of offsets, kept bytes. */
    void forget(TaskId id, int entries) {
        store(TASKS).delete(id.value());
        store(KEPT).delete(id.value());
        for (int chunk = 0; chunk * CHUNK < entries; chunk++) {
            store(OFFSETS).delete(chunkKey(id, chunk));
        }
    }

    // Offsets of accepted entries.

    /** @param index of the entry among the task's accepted ones */
    void keepOffset(TaskId id, int index, long offset) {
        String key = chunkKey(id, index / CHUNK);
        byte[] before = store(OFFSETS).get(key);
        int length = (index % CHUNK) * Long.BYTES;
        var buffer = ByteBuffer.allocate(length + Long.BYTES);
        if (before != null) {
            buffer.put(before, 0, length);
        }
        store(OFFSETS).put(key, buffer.putLong(length, offset).array());
    }

    List<Long> offsets(TaskId id, int entries) {
        var offsets = new ArrayList<Long>(entries);
        for (int chunk = 0; chunk * CHUNK < entries; chunk++) {
            byte[] bytes = store(OFFSETS).get(chunkKey(id, chunk));
            var buffer = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
            while (buffer.hasRemaining() && offsets.size() < entries) {
                offsets.add(buffer.getLong());
            }
        }
        return offsets;
    }

    private static String chunkKey(TaskId id, int chunk) {
        return "%s|%06d".formatted(id, chunk);
    }

    // A deliverable that awaits its verdict.

    void keep(TaskId id, Payload value) {
        store(KEPT).put(id.value(), value.bytes());
    }

    Optional<Payload> takeKept(TaskId id) {
        return Optional.ofNullable(store(KEPT).delete(id.value())).map(Payload::new);
    }

    // Workers.

    void put(WorkerId id, WorkerSeen seen) {
        store(WORKERS).put(id.value(), codec.write(seen));
    }

    void removeWorker(WorkerId id) {
        store(WORKERS).delete(id.value());
    }

    void workers(BiConsumer<WorkerId, WorkerSeen> each) {
        try (var all = store(WORKERS).all()) {
            all.forEachRemaining(entry -> each.accept(new WorkerId(entry.key), codec.read(entry.value, WorkerSeen.class)));
        }
    }

    // Verdicts, answers, messages and cancels that came before their task, for ten minutes (rule 8).

    void putEarly(TaskId task, String arrival, byte[] record) {
        store(EARLY).put(task + "|" + arrival, record);
    }

    Optional<byte[]> takeEarly(TaskId task, String arrival) {
        return Optional.ofNullable(store(EARLY).delete(task + "|" + arrival));
    }

    /** Of records that wait for this task, by arrival; the oldest first. */
    List<String> early(TaskId task) {
        var arrivals = new ArrayList<String>();
        try (var range = store(EARLY).range(task + "|", task + "|~")) {
            range.forEachRemaining(entry -> arrivals.add(entry.key.substring(entry.key.lastIndexOf('|') + 1)));
        }
        return arrivals;
    }

    // Projects and the clock.

    Optional<ProjectHome> project(String name) {
        return Optional.ofNullable(store(PROJECTS).get(name)).map(bytes -> codec.read(bytes, ProjectHome.class));
    }

    void put(ProjectHome home) {
        store(PROJECTS).put(home.project(), codec.write(home));
    }

    TickClock clock() {
        byte[] bytes = store(CLOCK).get("ticks");
        return bytes == null ? TickClock.START : codec.read(bytes, TickClock.class);
    }

    void put(TickClock clock) {
        store(CLOCK).put("ticks", codec.write(clock));
    }

    /** The next number of arrival in the ready queue. */
    long nextArrival() {
        byte[] last = store(CLOCK).get("arrivals");
        long next = last == null ? 1 : ByteBuffer.wrap(last).getLong() + 1;
        store(CLOCK).put("arrivals", ByteBuffer.allocate(Long.BYTES).putLong(0, next).array());
        return next;
    }
}
