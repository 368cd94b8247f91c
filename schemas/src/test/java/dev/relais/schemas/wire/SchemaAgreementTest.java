package dev.relais.schemas.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.RequestEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** What the schemas say of a record's components is what the record says. */
final class SchemaAgreementTest {
    /** The one list that is left out when it is empty. */
    private static final Set<String> OFTEN_ABSENT = Set.of("offTable");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void schemaHasTheRecordsFields(EventType type) {
        JsonNode schema = Golden.schema(type);
        if (schema.has("properties")) {
            agree(type.data(), schema, schema);
        } else {
            assertThat(components(type.data())).as("a record that is written as another one").singleElement()
                    .matches(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void whatOutsidersWriteIsClosedAndWhatTheyReadIsOpen(EventType type) {
        boolean isClosed = Golden.schema(type).path("additionalProperties").isBoolean();
        assertThat(isClosed).isEqualTo(RequestEvent.class.isAssignableFrom(type.data()));
    }

    private static void agree(Class<?> record, JsonNode node, JsonNode root) {
        var names = components(record).stream().map(RecordComponent::getName).toList();
        assertThat(names(node.path("properties"))).as("fields of %s", record).containsExactlyInAnyOrderElementsOf(names);
        boolean isRequest = isRequest(record);
        var required = components(record).stream().filter(component -> isRequired(component, isRequest))
                .map(RecordComponent::getName)
                .toList();
        assertThat(texts(node.path("required"))).as("required of %s", record).containsExactlyInAnyOrderElementsOf(required);
        if (isRequest) {
            assertThat(node.path("additionalProperties").asText()).as("%s is closed", record).isEqualTo("false");
        }
        components(record).forEach(component -> descend(component, node.path("properties").path(component.getName()), root));
    }

    private static void descend(RecordComponent component, JsonNode schema, JsonNode root) {
        Class<?> type = component.getType();
        JsonNode node = schema;
        if (Collection.class.isAssignableFrom(type)) {
            type = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            node = schema.path("items");
        }
        String reference = node.path("$ref").asText();
        if (reference.startsWith("#")) {
            node = root.at(reference.substring(1));
        }
        boolean isObject = type.isRecord()
                && Arrays.stream(type.getMethods()).noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
        boolean isAnotherType = EventData.class.isAssignableFrom(type);
        if (isObject && isAnotherType) {
            assertThat(reference).endsWith(".schema.json");
        } else if (isObject) {
            agree(type, node, root);
        } else {
            assertThat(node.has("type") || node.has("enum")).as("%s says what it is", component).isTrue();
        }
    }

    private static boolean isRequest(Class<?> record) {
        Class<?> outer = record.getEnclosingClass();
        return RequestEvent.class.isAssignableFrom(record) || record == Envelope.class
                || (outer != null && RequestEvent.class.isAssignableFrom(outer));
    }

    private static boolean isRequired(RecordComponent component, boolean isRequest) {
        boolean isMany = Collection.class.isAssignableFrom(component.getType())
                || Map.class.isAssignableFrom(component.getType());
        boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class) || (isMany && isRequest)
                || OFTEN_ABSENT.contains(component.getName());
        return !mayBeAbsent;
    }

    private static List<RecordComponent> components(Class<?> record) {
        return List.of(record.getRecordComponents());
    }

    private static Set<String> names(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode node) {
        var texts = new TreeSet<String>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
