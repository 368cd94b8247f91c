package dev.relais.coordinator.streams;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.Json;

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
    private static final List<String> ALL = List.of(TASKS, OFFSETS, KEPT, READY, TIMERS, WORKERS, RUNS, STANDING, EARLY, PROJECTS,
            CLOCK);
    /** Offsets of one chunk: a chunk is rewritten with each entry, so it stays small. */
    private static final int CHUNK = 128;

    private final ObjectMapper json = Json.mapper();
    private final ProcessorContext<byte[], byte[]> context;

    Stores(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
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
        return bytes == null ? null : read(bytes, Task.class);
    }

    void put(Task task) {
        store(TASKS).put(task.id().value(), write(task));
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

    // The ready queue: higher priority first, then first come.

    void enqueue(AgentName agent, int priority, TaskId id, long arrival) {
        dequeue(id);
        String key = "q|%s|%d|%019d".formatted(agent, 9 - priority, arrival);
        store(READY).put(key, bytes(id.value()));
        store(READY).put("t|" + id, bytes(key));
    }

    void dequeue(TaskId id) {
        byte[] key = store(READY).delete("t|" + id);
        if (key != null) {
            store(READY).delete(text(key));
        }
    }

    Optional<TaskId> firstReady(AgentName agent) {
        try (var range = store(READY).range("q|" + agent + "|", "q|" + agent + "|:")) {
            return range.hasNext() ? Optional.of(new TaskId(text(range.next().value))) : Optional.empty();
        }
    }

    // Calendar timers, by due time.

    void startTimer(TaskId id, String timer, long due) {
        stopTimer(id, timer);
        store(TIMERS).put("d|%019d|%s|%s".formatted(due, timer, id), bytes(id.value()));
        store(TIMERS).put("t|" + id + "|" + timer, bytes(Long.toString(due)));
    }

    void stopTimer(TaskId id, String timer) {
        byte[] due = store(TIMERS).delete("t|" + id + "|" + timer);
        if (due != null) {
            store(TIMERS).delete("d|%019d|%s|%s".formatted(Long.parseLong(text(due)), timer, id));
        }
    }

    /** A timer that is due. {@code due} is in milliseconds since 1970. */
    record Due(TaskId task, String timer, long due) {}

    List<Due> due(long now) {
        var due = new ArrayList<Due>();
        try (var range = store(TIMERS).range("d|", "d|%019d|~".formatted(now))) {
            range.forEachRemaining(entry -> {
                String[] parts = entry.key.split("\\|", -1);
                due.add(new Due(new TaskId(text(entry.value)), parts[2], Long.parseLong(parts[1])));
            });
        }
        return due;
    }

    // Workers, their runs, and dispatched work that stands unclaimed.

    Optional<WorkerSeen> worker(WorkerId id) {
        return Optional.ofNullable(store(WORKERS).get(id.value())).map(bytes -> read(bytes, WorkerSeen.class));
    }

    void put(WorkerId id, WorkerSeen seen) {
        store(WORKERS).put(id.value(), write(seen));
    }

    void removeWorker(WorkerId id) {
        store(WORKERS).delete(id.value());
    }

    void workers(BiConsumer<WorkerId, WorkerSeen> each) {
        try (var all = store(WORKERS).all()) {
            all.forEachRemaining(entry -> each.accept(new WorkerId(entry.key), read(entry.value, WorkerSeen.class)));
        }
    }

    /** A run that is claimed. {@code unnamed} counts beats in a row that did not name it. */
    record Owned(TaskId task, int epoch, AgentName agent, boolean suspect, int unnamed) {
        Owned unnamed(int beats) {
            return new Owned(task, epoch, agent, suspect, beats);
        }
    }

    void put(WorkerId owner, Owned run) {
        store(RUNS).put(owner + "|" + run.task(), write(run));
    }

    void removeRun(WorkerId owner, TaskId task) {
        store(RUNS).delete(owner + "|" + task);
    }

    List<Owned> runs(WorkerId owner) {
        var runs = new ArrayList<Owned>();
        try (var range = store(RUNS).range(owner + "|", owner + "|~")) {
            range.forEachRemaining(entry -> runs.add(read(entry.value, Owned.class)));
        }
        return runs;
    }

    List<Owned> allRuns() {
        var runs = new ArrayList<Owned>();
        try (var all = store(RUNS).all()) {
            all.forEachRemaining(entry -> runs.add(read(entry.value, Owned.class)));
        }
        return runs;
    }

    /** Dispatched and not claimed. {@code ticks} in a row in which somebody was free. */
    record Standing(TaskId task, AgentName agent, int ticks) {}

    void put(Standing standing) {
        store(STANDING).put(standing.task().value(), write(standing));
    }

    void removeStanding(TaskId task) {
        store(STANDING).delete(task.value());
    }

    List<Standing> standing() {
        var all = new ArrayList<Standing>();
        try (var range = store(STANDING).all()) {
            range.forEachRemaining(entry -> all.add(read(entry.value, Standing.class)));
        }
        return all;
    }

    // Verdicts, answers, messages and cancels that came before their task, for ten minutes (rule 8).

    void putEarly(TaskId task, String arrival, byte[] record) {
        store(EARLY).put(task + "|" + arrival, record);
    }

    List<byte[]> takeEarly(TaskId task) {
        var records = new ArrayList<byte[]>();
        var keys = new ArrayList<String>();
        try (var range = store(EARLY).range(task + "|", task + "|~")) {
            range.forEachRemaining(entry -> {
                keys.add(entry.key);
                records.add(entry.value);
            });
        }
        keys.forEach(store(EARLY)::delete);
        return records;
    }

    // Projects and the clock.

    Optional<ProjectHome> project(String name) {
        return Optional.ofNullable(store(PROJECTS).get(name)).map(bytes -> read(bytes, ProjectHome.class));
    }

    void put(ProjectHome home) {
        store(PROJECTS).put(home.project(), write(home));
    }

    TickClock clock() {
        byte[] bytes = store(CLOCK).get("ticks");
        return bytes == null ? TickClock.START : read(bytes, TickClock.class);
    }

    void put(TickClock clock) {
        store(CLOCK).put("ticks", write(clock));
    }

    /** The next number of arrival in the ready queue. */
    long nextArrival() {
        byte[] last = store(CLOCK).get("arrivals");
        long next = last == null ? 1 : ByteBuffer.wrap(last).getLong() + 1;
        store(CLOCK).put("arrivals", ByteBuffer.allocate(Long.BYTES).putLong(0, next).array());
        return next;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("state is always writable: " + value.getClass(), e);
        }
    }

    private <T> T read(byte[] bytes, Class<T> type) {
        try {
            return json.readValue(bytes, type);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the state store holds what this release cannot read as " + type + "; was it written by a later one?", e);
        }
    }
}
