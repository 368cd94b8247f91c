package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.event.TaskSnapshot;
import dev.relais.schemas.event.Tick;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;

import static org.assertj.core.api.Assertions.assertThat;

/** The real topology over a driver without a broker: one shard, partition 0. Time passes only where a test says so. */
final class Rig implements AutoCloseable {
    static final AgentName AGENT = new AgentName("backend-dev");
    static final Duration TICK = Duration.ofSeconds(1);

    final EventCodec codec = new EventCodec();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Pulse pulse = new Pulse(this::now);
    final Topics topics;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> requests;
    private final TestInputTopic<byte[], byte[]> journal;
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int events;

    private Rig(Settings settings) {
        topics = settings.topics();
        driver = new TopologyTestDriver(CoordinatorTopology.of(settings, codec, registry, pulse), StreamsProperties.of(settings),
                now);
        var bytes = new ByteArraySerializer();
        requests = driver.createInputTopic(topics.requests(), bytes, bytes);
        journal = driver.createInputTopic(topics.journal(), bytes, bytes);
    }

    static Rig of(Path directory) {
        return of(directory, 1);
    }

    static Rig of(Path directory, int partitions) {
        var environment = Map.of("RELAIS_DATA_DIR", directory.toString(), "RELAIS_PARTITIONS", Integer.toString(partitions),
                "RELAIS_INSTANCE", "test", "RELAIS_TICK", TICK.toString());
        return switch (Settings.load(environment, null)) {
            case Settings.Loaded.Valid(Settings settings) -> new Rig(settings);
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    Instant now() {
        return now;
    }

    Rig after(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    /** Wall time passes too, so that punctuators run. */
    Rig wallClock(Duration duration) {
        now = now.plus(duration);
        driver.advanceWallClockTime(duration);
        return this;
    }

    /** Ticks as the log holds them, each an interval after the one before. */
    Rig ticks(int count) {
        for (int i = 0; i < count; i++) {
            after(TICK);
            tick();
        }
        return this;
    }

    Rig tick() {
        return tick(Long.MAX_VALUE);
    }

    /** A tick as it was written when so many dispatches had been made. */
    Rig tick(long made) {
        var tick = new Event<EventData>("tick-" + events++, "relais/coordinator", "tick:0", now, Map.of(), new Tick(0, made));
        return journal(codec.headers(tick), codec.key(tick), codec.value(tick.data()));
    }

    /** Ticks, in each of which the worker beats. */
    Rig livingTicks(int count, FakeWorker... workers) {
        for (int i = 0; i < count; i++) {
            ticks(1);
            for (FakeWorker worker : workers) {
                worker.beats();
            }
        }
        return this;
    }

    Rig request(RequestEvent data) {
        return request("event-" + events++, data);
    }

    Rig request(String id, RequestEvent data) {
        return request(id, data, Map.of());
    }

    Rig request(String id, RequestEvent data, Map<String, String> extensions) {
        var event = new Event<EventData>(id, "upstream/test", "", now, extensions, data);
        var headers = codec.headers(event);
        headers.remove("ce_subject");
        headers.remove("ce_partitionkey");
        return requested(headers, null, codec.value(data));
    }

    /** What an input that came by {@link #request} is called. */
    static String inputId(String id) {
        return new EventRef("upstream/test", id).key();
    }

    Rig requested(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        requests.pipeInput(new TestRecord<>(key, value, headers, now));
        return this;
    }

    /** A request in JSON, as any producer may write one. */
    Rig json(String type, String json) {
        return requested(headers("ce_specversion", "1.0", "ce_id", "event-" + events++, "ce_source", "upstream/test", "ce_type",
                "dev.relais." + type + ".v1", "content-type", "application/json"), null, json.getBytes(StandardCharsets.UTF_8));
    }

    static Headers headers(String... pairs) {
        var headers = new RecordHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    Rig journal(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        journal.pipeInput(new TestRecord<>(key, value, headers, now));
        return this;
    }

    /** A written event, with its record's key. */
    record Written(String key, Event<? extends EventData> event) {
        <D extends EventData> D as(Class<D> type) {
            return type.cast(event.data());
        }
    }

    List<TestRecord<byte[], byte[]>> records(String topic) {
        return outputs.computeIfAbsent(topic,
                name -> driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .readRecordsToList();
    }

    /** What was written to a topic since it was last read. */
    List<Written> read(String topic) {
        var all = new ArrayList<Written>();
        for (var record : records(topic)) {
            switch (codec.decode(record.headers(), record.key(), record.value())) {
                case Decoded.Accepted(var _, var event) ->
                    all.add(new Written(new String(record.key(), StandardCharsets.UTF_8), event));
                case Decoded.Malformed malformed -> throw new AssertionError(topic + " holds " + malformed);
            }
        }
        return all;
    }

    <D extends EventData> List<D> read(String topic, Class<D> type) {
        return read(topic).stream().filter(written -> type.isInstance(written.event().data())).map(written -> written.as(type))
                .toList();
    }

    List<WorkDispatched> work() {
        return read(topics.inbox(AGENT), WorkDispatched.class);
    }

    List<Written> deliverables() {
        return read(topics.deliverables(AGENT));
    }

    List<DeadLetter> deadLetters() {
        return read(topics.deadLetters(), DeadLetter.class);
    }

    List<String> buried() {
        return deadLetters().stream()
                .map(letter -> letter.where() == null ? letter.reason() : letter.reason() + " " + letter.where())
                .toList();
    }

    /** The newest snapshot since the last look. */
    TaskSnapshot snapshot() {
        return read(topics.tasks(), TaskSnapshot.class).getLast();
    }

    /** Puts a task into the store that is another one's likeness but for one text: what deciding on it would trip over. */
    void damaged(String likeness, String task, String text, String with) {
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore("shard");
        String whole = new String(Objects.requireNonNull(store.get("task/" + likeness)), StandardCharsets.UTF_8);
        assertThat(whole).contains(text);
        String damaged = whole.replace('"' + likeness + '"', '"' + task + '"').replace(text, with);
        store.put("task/" + task, damaged.getBytes(StandardCharsets.UTF_8));
    }

    double counted(String name) {
        return Objects.requireNonNull(registry.find(name).counter(), name).count();
    }

    double gauge(String name, String... tags) {
        return Objects.requireNonNull(registry.find(name).tags(tags).gauge(), name).value();
    }

    @Override
    public void close() {
        driver.close();
    }
}
