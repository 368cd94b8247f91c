package dev.relais.deploy.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.topic.Shard;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;

/** Submits tasks as any producer does, and waits for their deliverables as any {@code read_committed} consumer does. */
final class Load implements AutoCloseable {
    static final int PARTITIONS = 8;
    private static final Duration STEP = Duration.ofMillis(100);
    /** Of what a paced load should reach. */
    private static final double LEAST_PACE = 0.95;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DELIVERED = EventType.DELIVERABLE_PUBLISHED.wireName();

    private final EventCodec codec = new EventCodec();
    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final AtomicLong finished = new AtomicLong();

    Load(String bootstrap, Topics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 2, "compression.type", "zstd"),
                new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "enable.auto.commit",
                        false, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var places = partitions(topics.deliverables(TaskRequested.DEFAULT_AGENT));
        consumer.assign(places);
        consumer.seekToEnd(places);
        places.forEach(consumer::position);
    }

    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }

    /** A deliverable as it was seen: {@code nanos} after its request was due, {@code appendedMillis} by the broker's clock. */
    record Delivered(String task, long nanos, int partition, long appendedMillis) {}

    /** How a number of tasks went, from the first request to the last deliverable. */
    record Run(Duration took, List<Delivered> delivered) {
        double perSecond() {
            return delivered.size() * 1e9 / took.toNanos();
        }

        List<Double> millis() {
            return delivered.stream().map(each -> each.nanos() / 1e6).toList();
        }
    }

    /** All at once. */
    Run burst(int tasks, Script script) {
        long start = System.nanoTime();
        for (int i = 0; i < tasks; i++) {
            submit(script);
        }
        producer.flush();
        return await(start, tasks);
    }

    /** Evenly over a time, however slowly they are delivered. */
    Run paced(double perSecond, Duration span, Script script) throws InterruptedException {
        int tasks = (int) (perSecond * span.toMillis() / 1000);
        long start = System.nanoTime();
        var submitted = new AtomicLong();
        Thread submitter = Thread.ofPlatform().name("submitter")
                .start(() -> submitted.set(submitPaced(start, perSecond, tasks, script)));
        Run run = await(start, tasks);
        submitter.join();
        double reached = tasks * 1e9 / (submitted.get() - start);
        if (reached < perSecond * LEAST_PACE) {
            throw new BenchFailed(String.format(Locale.ROOT, "the load reached %.1f of %.1f tasks a second", reached, perSecond));
        }
        return run;
    }

    /** @return when the last one was sent */
    private long submitPaced(long start, double perSecond, int tasks, Script script) {
        for (int i = 0; i < tasks; i++) {
            long due = start + (long) (i * 1e9 / perSecond);
            try {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return System.nanoTime();
            }
            // What a load that lags adds is counted with the latency.
            submit(script, due);
        }
        producer.flush();
        return System.nanoTime();
    }

    String submit(Script script) {
        return submit(script, System.nanoTime());
    }

    private String submit(Script script, long due) {
        String task = "bench-" + UUID.randomUUID();
        String value = """
                {"request":"%s","taskId":"%s","mode":2,"envelope":{"turns":%d}}""".formatted(script.wish(), task,
                script.turns() + 10);
        Headers headers = codec.headers(EventType.TASK_REQUESTED,
                new EventCodec.Attributes(task, "relais/bench", task, InstantSource.system().instant(), Map.of()));
        sent.put(task, due);
        var _ = producer.send(new ProducerRecord<>(topics.requests(), Shard.of(new TaskId(task), PARTITIONS),
                task.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), headers), (_, error) -> {
                    if (error != null) {
                        sent.remove(task);
                    }
                });
        return task;
    }

    void flush() {
        producer.flush();
    }

    private Run await(long start, int tasks) {
        var delivered = new ArrayList<Delivered>(tasks);
        long last = start;
        while (delivered.size() < tasks) {
            List<Delivered> now = poll();
            delivered.addAll(now);
            if (!now.isEmpty()) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > PATIENCE.toNanos()) {
                throw new BenchFailed(
                        "of the last " + (tasks - delivered.size()) + " of " + tasks + " tasks none was delivered within "
                                + PATIENCE.toMinutes() + " minutes");
            }
        }
        return new Run(Duration.ofNanos(System.nanoTime() - start), delivered);
    }

    /** What came since it was asked last. */
    List<Delivered> poll() {
        return poll(STEP);
    }

    List<Delivered> poll(Duration most) {
        var delivered = new ArrayList<Delivered>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(most)) {
            long now = System.nanoTime();
            String task = new String(record.key(), StandardCharsets.UTF_8);
            Long submitted = sent.remove(task);
            if (submitted == null) {
                throw new BenchFailed("task " + task + " came out twice, or was never submitted");
            }
            String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
            if (!type.equals(DELIVERED)) {
                throw new BenchFailed("task " + task + " ended otherwise than delivered: "
                        + new String(record.value(), StandardCharsets.UTF_8));
            }
            finished.incrementAndGet();
            delivered.add(new Delivered(task, now - submitted, record.partition(), record.timestamp()));
        }
        return delivered;
    }

    /** What comes within this time, which passes in any case. */
    List<Delivered> pollFor(Duration span) {
        var delivered = new ArrayList<Delivered>();
        long end = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
            delivered.addAll(poll(Duration.ofNanos(left)));
        }
        return delivered;
    }

    /** Tasks delivered so far, for whoever looks on. */
    long finished() {
        return finished.get();
    }

    int outstanding() {
        return sent.size();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
