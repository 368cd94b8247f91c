package dev.relais.deploy.e2e;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Another system that writes to {@code requests}: a plain producer, CloudEvents built by hand. */
public final class Upstream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    Upstream(String bootstrap, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", bootstrap, "max.request.size", 4 << 20),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static Map<String, Object> request(String task, String text, int mode) {
        var data = new LinkedHashMap<String, Object>();
        data.put("taskId", task);
        data.put("request", text);
        data.put("mode", mode);
        return data;
    }

    /** CloudEvents' binary mode: attributes in headers, data in the value. @return the event's id */
    public String binary(String type, String key, Map<String, ?> data) {
        String id = UUID.randomUUID().toString();
        send(null, bytes(key), bytes(json(data)), attributes(type, id));
        return id;
    }

    public static Map<String, String> attributes(String type, String id) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", "e2e/upstream");
        headers.put("ce_type", "dev.relais." + type + ".v1");
        headers.put("content-type", "application/json");
        return headers;
    }

    /** CloudEvents' structured mode: one JSON document with everything. */
    static String structured(String type, String id, Map<String, ?> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "e2e/foreign");
        event.put("type", "dev.relais." + type + ".v1");
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return json(event);
    }

    /** Any record at all, to a partition of the caller's choice. */
    RecordMetadata send(@Nullable Integer partition, byte @Nullable [] key, byte @Nullable [] value,
            Map<String, String> headers) {
        var record = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        try {
            return producer.send(record).get();
        } catch (ExecutionException e) {
            throw new AssertionError("the broker refuses the record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError("maps are writable as JSON", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
