package dev.relais.schemas.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Schema, example and record of every type say the same. */
final class GoldenEventTest {
    private static final Instant TIME = Instant.parse("2026-11-23T09:00:00Z");
    private final EventCodec codec = new EventCodec();
    private final SchemaRegistry schemas = SchemaCheck.registry();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void exampleKeepsItsSchema(EventType type) {
        assertThat(SchemaCheck.schema(schemas, type).validate(Golden.example(type))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void exampleSurvivesItsRecord(EventType type) throws IOException {
        EventData data = accepted(type, Golden.example(type)).data();
        assertThat(Json.mapper().readTree(codec.value(data))).isEqualTo(Golden.example(type));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void eventIsReadAsItWasWritten(EventType type) {
        Event<? extends EventData> event = accepted(type, Golden.example(type));
        var record = codec.toRecord("t", null, event);
        assertThat(codec.decode(record.headers(), record.key(), record.value()))
                .isEqualTo(new Decoded.Accepted(type, withKey(event)));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schemaRefusesAnExampleWithoutItsFields(EventType type) {
        assertThat(SchemaCheck.schema(schemas, type).validate(Json.mapper().createObjectNode())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schemaRefusesAnyFieldOfAnotherKind(EventType type) {
        var schema = SchemaCheck.schema(schemas, type);
        var names = Golden.example(type).fieldNames();
        while (names.hasNext()) {
            ObjectNode broken = Golden.example(type).deepCopy();
            String name = names.next();
            broken.put(name, broken.get(name).isBoolean() ? "no" : "").putObject(name + "Other");
            broken.set(name, broken.get(name + "Other"));
            broken.remove(name + "Other");
            assertThat(schema.validate(broken)).as(name).matches(errors -> !errors.isEmpty() || isAnyObject(type, name));
        }
    }

    /** What may be any object, so that an empty one is right. */
    private static boolean isAnyObject(EventType type, String name) {
        return switch (type) {
            case TASK_REQUESTED -> name.equals("context") || name.equals("constraints") || name.equals("envelope")
                    || name.equals("labels");
            case VERDICT_GIVEN, ESCALATION_ANSWERED, WORK_DISPATCHED -> name.equals("envelope");
            case TASK_CHANGED -> name.equals("labels");
            case RECORD_BURIED -> name.equals("headers");
            default -> false;
        };
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schemaIsOneOf202012(EventType type) {
        var meta = schemas.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(meta.validate(Golden.schema(type))).isEmpty();
        assertThat(Golden.schema(type).path("$schema").asText()).isEqualTo(SpecificationVersion.DRAFT_2020_12.getDialectId());
    }

    @Test
    void everyFileBelongsToAType() throws IOException {
        Stream<String> wanted = Arrays.stream(EventType.values())
                .flatMap(type -> Stream.of(type.schemaResource(), type.exampleResource()));
        try (var files = Files.list(Path.of("src/main/resources/dev/relais/schemas"))) {
            assertThat(files.map(file -> "dev/relais/schemas/" + file.getFileName()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrderElementsOf(wanted.toList());
        }
    }

    private Event<? extends EventData> accepted(EventType type, JsonNode data) {
        var headers = codec.headers(type, new EventCodec.Attributes("e-1", "test", "checkout-42", TIME, extensions(type)));
        try {
            return switch (codec.decode(headers, null, Json.mapper().writeValueAsBytes(data))) {
                case Decoded.Accepted(var found, var event) when found == type -> withEntryHeaders(event);
                case Decoded.Accepted other -> fail("read as " + other.type());
                case Decoded.Malformed malformed -> fail(malformed.toString());
            };
        } catch (IOException e) {
            return fail(e);
        }
    }

    private static Map<String, String> extensions(EventType type) {
        return type == EventType.RUN_CONCLUDED ? Map.of(Extension.OUTCOME, EntryHeader.DELIVERED) : Map.of();
    }

    private static Event<? extends EventData> withEntryHeaders(Event<? extends EventData> event) {
        return event.data() instanceof JournalEntry entry
                ? new Event<>(event.id(), event.source(), event.subject(), event.time(),
                        EntryHeader.extensions(entry, 1, new WorkerId("worker-1"), 4, 0), event.data())
                : event;
    }

    private static Event<? extends EventData> withKey(Event<? extends EventData> event) {
        var extensions = new java.util.HashMap<>(event.extensions());
        extensions.put(Extension.PARTITION_KEY, event.subject());
        return new Event<>(event.id(), event.source(), event.subject(), event.time(), extensions, event.data());
    }
}
