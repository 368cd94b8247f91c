package dev.relais.schemas.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    /** Attributes that the codec writes itself; an extension of such a name takes its place. */
    private static final Set<String> OWN = Set.of("specversion", "id", "source", "type", "subject", Extension.PARTITION_KEY,
            "time");
    private static final byte[] JSON = "application/json".getBytes(StandardCharsets.UTF_8);
    private static final ObjectReader READER = Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectWriter ESCAPING = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
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
        event.extensions().forEach((name, value) -> {
            if (OWN.contains(name)) {
                headers.remove(PREFIX + name);
            }
            put(headers, name, value);
        });
        headers.add("content-type", JSON);
        return headers;
    }

    /** JSON. Text that is no Unicode (a model's reply may be cut within a character) is written in escapes, which read back the same. */
    public byte[] value(EventData data) {
        try {
            return json.writeValueAsBytes(data);
        } catch (JsonProcessingException _) {
            return escaped(data);
        }
    }

    private static byte[] escaped(EventData data) {
        try {
            return ESCAPING.writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's record is always writable as JSON: " + data.getClass(), e);
        }
    }

    /** Never throws, whatever the bytes are (I12). What any producer may write is held against its JSON Schema. */
    public Decoded decode(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            return read(headers, value);
        } catch (MalformedException e) {
            return e.malformed();
        } catch (RuntimeException e) {
            // The bytes are an outsider's: what a parser did not foresee is a fact about them, and no reason to stop a partition.
            return new Decoded.Malformed("invalid", "the event cannot be read: " + e, null);
        }
    }

    private Decoded read(Headers headers, byte @Nullable [] value) throws MalformedException {
        if (value == null || value.length == 0) {
            throw new MalformedException("no-value", value == null
                    ? "the record has no value (a tombstone)"
                    : "the record's value is empty", null);
        }
        var attributes = Context.attributes(headers);
        return switch (ContentMode.of(headers, attributes)) {
            case BINARY -> binary(Context.ofHeaders(attributes), value);
            case STRUCTURED -> structured(StructuredEvent.of(StrictJson.tree(value), attributes));
            case BARE -> {
                JsonNode tree = StrictJson.tree(value);
                if (!StructuredEvent.isMeant(tree)) {
                    throw new MalformedException("no-type",
                            "the record has no ce_type header, and its value is no CloudEvent either: "
                                    + "a JSON object with specversion, id, source, type and data",
                            "ce_type");
                }
                yield structured(StructuredEvent.of(tree, attributes));
            }
        };
    }

    private Decoded binary(Context context, byte[] value) throws MalformedException {
        EventType type = context.type();
        context.check();
        if (SchemaCheck.requests().covers(type)) {
            return checked(type, context, StrictJson.tree(value));
        }
        try (JsonParser parser = json.createParser(value)) {
            return new Decoded.Accepted(type, context.event(data(type, context, parser)));
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private Decoded structured(StructuredEvent event) throws MalformedException {
        EventType type = event.context().type();
        event.context().check();
        return checked(type, event.context(), event.data());
    }

    private Decoded checked(EventType type, Context context, JsonNode tree) throws MalformedException {
        if (SchemaCheck.requests().covers(type)) {
            SchemaCheck.requests().check(type, tree);
        }
        try (JsonParser parser = json.treeAsTokens(tree)) {
            return new Decoded.Accepted(type, context.event(data(type, context, parser)));
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private EventData data(EventType type, Context context, JsonParser parser) throws IOException, MalformedException {
        EventData data = type == EventType.RUN_CONCLUDED
                ? new JournalEntry.Concluded(conclusion(context, parser))
                : READER.forType(type.data()).readValue(parser);
        if (data == null) {
            throw new MalformedException("invalid", "the data is null and must be an object", "");
        }
        return data;
    }

    private static Conclusion conclusion(Context context, JsonParser parser) throws IOException, MalformedException {
        String outcome = context.text(Extension.OUTCOME);
        return switch (outcome == null ? "" : outcome) {
            case EntryHeader.DELIVERED -> new Conclusion.Delivered(READER.forType(DeliverablePublished.class).readValue(parser));
            case EntryHeader.ESCALATED -> new Conclusion.Escalated(READER.forType(EscalationRaised.class).readValue(parser));
            case EntryHeader.FAILED -> new Conclusion.Failed(READER.forType(TaskFailed.class).readValue(parser));
            default -> throw new MalformedException("headers-lie",
                    "header ce_outcome is \"" + outcome + "\" and must be delivered, escalated or failed", "ce_outcome");
        };
    }

    private static MalformedException malformed(IOException e) {
        return switch (e) {
            case JsonMappingException mapping -> new MalformedException("invalid", reasonOf(mapping), pointer(mapping));
            case JsonProcessingException parsing -> StrictJson.notJson(parsing);
            default -> new MalformedException("not-json", String.valueOf(e.getMessage()), null);
        };
    }

    /** A record that refuses its components says why in its own words; else the parser's first line. */
    private static String reasonOf(JsonMappingException e) {
        return e.getCause() instanceof IllegalArgumentException refusal
                ? String.valueOf(refusal.getMessage())
                : StrictJson.sentence(e);
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        e.getPath()
                .forEach(step -> pointer.append('/').append(step.getFieldName() == null ? step.getIndex() : step.getFieldName()));
        return pointer.toString();
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
