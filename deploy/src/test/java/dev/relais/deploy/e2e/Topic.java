package dev.relais.deploy.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** A topic as any consumer of another system reads it: {@code read_committed}, headers and JSON, no class of Relais. */
public final class Topic implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Message> messages = new ArrayList<>();

    /** @param headers of CloudEvents without their prefix */
    public record Message(String key, Map<String, String> headers, JsonNode data, int partition, long offset, long appended) {
        public boolean is(String type) {
            return ("dev.relais." + type + ".v1").equals(headers.get("type"));
        }

        public boolean isOf(String task) {
            return key.equals(task);
        }

        public String id() {
            return String.valueOf(headers.get("id"));
        }
    }

    Topic(String bootstrap, String name, boolean committed) {
        this.name = name;
        this.consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "isolation.level",
                        committed ? "read_committed" : "read_uncommitted",
                        "auto.offset.reset", "earliest", "enable.auto.commit", false, "fetch.max.wait.ms", 50),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(name).stream().map(info -> new TopicPartition(name, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void poll() {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
            var headers = new java.util.TreeMap<String, String>();
            for (var header : record.headers()) {
                String key = header.key().startsWith("ce_") ? header.key().substring(3) : header.key();
                headers.put(key, header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
            }
            messages.add(new Message(record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8), headers,
                    json(record.value()), record.partition(), record.offset(), record.timestamp()));
        }
    }

    private static JsonNode json(byte[] value) {
        try {
            return value == null ? JSON.nullNode() : JSON.readTree(value);
        } catch (java.io.IOException e) {
            throw new AssertionError("no JSON: " + new String(value, StandardCharsets.UTF_8), e);
        }
    }

    /** The first message that fits, as soon as it is there. */
    public Message await(String what, Predicate<Message> wanted) {
        return awaitAll(what, 1, wanted).getFirst();
    }

    /** At least so many that fit. */
    public List<Message> awaitAll(String what, int count, Predicate<Message> wanted) {
        Awaitility.await(what + " on " + name).atMost(Fleet.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            poll();
            return matching(wanted).size() >= count;
        });
        return matching(wanted);
    }

    /**
     * Waits until what stands there satisfies.
     *
     * @param missing told where the time is over
     */
    public void awaitUntil(String what, Duration most, Predicate<List<Message>> satisfied, Supplier<String> missing) {
        Awaitility.await(what + " on " + name).atMost(most).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            poll();
            if (!satisfied.test(messages)) {
                throw new AssertionError(missing.get());
            }
        });
    }

    /** What fits of all that stands there now. */
    public List<Message> now(Predicate<Message> wanted) {
        var ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        return matching(wanted);
    }

    private List<Message> matching(Predicate<Message> wanted) {
        return messages.stream().filter(wanted).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
