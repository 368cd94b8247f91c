package dev.relais.schemas.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.TaskFailed;

/** CloudEvents 1.0 over Kafka: writes binary mode, reads binary and structured mode. It never throws on bad bytes. */
public final class EventCodec {
    private static final String PREFIX = "ce_";
    private final ObjectMapper json = Json.mapper();

    /** A record for {@code topic}, keyed by the event's subject; {@code partition} null leaves the choice to the key. */
    public ProducerRecord<byte[], byte[]> toRecord(String topic, @Nullable Integer partition, Event<? extends EventData> event) {
        return new ProducerRecord<>(topic, partition, key(event), value(event.data()), headers(event));
    }

    public byte[] key(Event<? extends EventData> event) {
        return event.subject().getBytes(StandardCharsets.UTF_8);
    }

    public Headers headers(Event<? extends EventData> event) {
        return headers(EventType.of(event.data()),
                new Attributes(event.id(), event.source(), event.subject(), event.time(), event.extensions()));
    }

    /** An event's context attributes, for a value that is copied and never parsed. */
    public record Attributes(String id, String source, String subject, @Nullable Instant time, Map<String, String> extensions) {
        public Attributes {
            extensions = Map.copyOf(extensions);
        }
    }

    public Headers headers(EventType type, Attributes event) {
        var headers = new RecordHeaders();
        put(headers, "specversion", "1.0");
        put(headers, "id", event.id());
        put(headers, "source", event.source());
        put(headers, "type", type.wireName());
        put(headers, "subject", event.subject());
        put(headers, Extension.PARTITION_KEY, event.subject());
        Instant time = event.time();
        if (time != null) {
            put(headers, "time", time.toString());
        }
        event.extensions().forEach((name, value) -> put(headers, name, value));
        headers.add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    public byte[] value(EventData data) {
        try {
            return json.writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's record is always writable as JSON: " + data.getClass(), e);
        }
    }

    public Decoded decode(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            return new Decoded.Malformed("no-value", "the record has no value (a tombstone)", null);
        }
        var attributes = attributes(headers);
        String typeName = attributes.remove("type");
        if (typeName == null) {
            return new Decoded.Malformed("no-type", "the record has no ce_type header", "ce_type");
        }
        var type = EventType.named(typeName);
        if (type.isEmpty()) {
            return new Decoded.Malformed("unknown-type", "unknown event type " + typeName, "ce_type");
        }
        try {
            EventData data = data(type.get(), attributes, value);
            return new Decoded.Accepted(type.get(), event(attributes, data));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return new Decoded.Malformed("invalid", String.valueOf(e.getMessage()), null);
        }
    }

    private EventData data(EventType type, Map<String, String> attributes, byte[] value) throws IOException {
        if (type == EventType.RUN_CONCLUDED) {
            return new JournalEntry.Concluded(conclusion(attributes, value));
        }
        JsonNode tree = json.readTree(value);
        return json.treeToValue(tree, type.data());
    }

    private Conclusion conclusion(Map<String, String> attributes, byte[] value) throws IOException {
        String outcome = attributes.getOrDefault(Extension.OUTCOME, "");
        return switch (outcome) {
            case "delivered" -> new Conclusion.Delivered(json.readValue(value, DeliverablePublished.class));
            case "escalated" -> new Conclusion.Escalated(json.readValue(value, EscalationRaised.class));
            case "failed" -> new Conclusion.Failed(json.readValue(value, TaskFailed.class));
            default -> throw new IllegalArgumentException("unknown outcome \"" + outcome + "\"");
        };
    }

    private static Event<EventData> event(Map<String, String> attributes, EventData data) {
        String id = take(attributes, "id");
        String source = take(attributes, "source");
        String subject = take(attributes, "subject");
        String time = attributes.remove("time");
        attributes.remove("specversion");
        return new Event<>(id, source, subject, time == null ? null : Instant.parse(time), attributes, data);
    }

    private static String take(Map<String, String> attributes, String name) {
        String value = attributes.remove(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> attributes(Headers headers) {
        var attributes = new TreeMap<String, String>();
        for (Header header : headers) {
            if (header.key().startsWith(PREFIX) && header.value() != null) {
                attributes.put(header.key().substring(PREFIX.length()), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return attributes;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
