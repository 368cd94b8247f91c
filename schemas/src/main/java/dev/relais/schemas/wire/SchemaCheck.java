package dev.relais.schemas.wire;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.spelling.Nearest;

/** Holds what any producer may write against its JSON Schema. The schemas are compiled once a process, at the first use. */
final class SchemaCheck {
    private static final int MOST_TOLD = 5;
    private final Map<EventType, Schema> schemas;

    private SchemaCheck(Map<EventType, Schema> schemas) {
        this.schemas = schemas;
    }

    private static final class Compiled {
        private static final SchemaCheck REQUESTS = compile();

        private static SchemaCheck compile() {
            var registry = registry();
            var schemas = new EnumMap<EventType, Schema>(EventType.class);
            for (EventType type : EventType.values()) {
                if (RequestEvent.class.isAssignableFrom(type.data())) {
                    schemas.put(type, schema(registry, type));
                }
            }
            return new SchemaCheck(schemas);
        }
    }

    /** For everything that may stand on {@code requests}, the mail between shards included: any producer may write there. */
    static SchemaCheck requests() {
        return Compiled.REQUESTS;
    }

    static SchemaRegistry registry() {
        var config = SchemaRegistryConfig.builder().locale(Locale.ENGLISH).formatAssertionsEnabled(true).preloadSchema(true)
                .build();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config));
    }

    static Schema schema(SchemaRegistry registry, EventType type) {
        return registry.getSchema(SchemaLocation.of("classpath:" + type.schemaResource()));
    }

    boolean covers(EventType type) {
        return schemas.containsKey(type);
    }

    void check(EventType type, JsonNode data) throws MalformedException {
        Schema schema = Objects.requireNonNull(schemas.get(type), "asked for a type that it covers");
        var faults = new ArrayList<Fault>();
        for (Error error : schema.validate(data)) {
            faults.add(fault(schema, data, error));
        }
        if (!faults.isEmpty()) {
            String detail = faults.stream().limit(MOST_TOLD).map(Fault::toString).collect(Collectors.joining("; "));
            throw new MalformedException("invalid", detail + (faults.size() > MOST_TOLD ? "; …" : ""),
                    faults.getFirst().pointer());
        }
    }

    private record Fault(String pointer, String what) {
        @Override
        public String toString() {
            return pointer.isEmpty() ? "the data " + what : pointer + " " + what;
        }
    }

    private static Fault fault(Schema schema, JsonNode data, Error error) {
        String at = error.getInstanceLocation().toString();
        JsonNode rule = rule(schema, error);
        return switch (String.valueOf(error.getKeyword())) {
            case "additionalProperties" -> {
                String name = String.valueOf(error.getProperty());
                yield new Fault(at + "/" + escaped(name), "is no field here" + Nearest.suggestion(name, names(rule)));
            }
            case "required" -> new Fault(at + "/" + error.getProperty(), "is missing");
            case "type" -> new Fault(at, "is " + kind(data.at(at)) + " and must be " + rule.path("type").asText());
            case "enum" ->
                new Fault(at, "is none of the values it may have" + Nearest.suggestion(data.at(at).asText(), values(rule)));
            case "pattern" -> new Fault(at, "has the wrong shape: " + rule.path("description").asText());
            default -> new Fault(at, error.getMessage());
        };
    }

    /** The part of the schema whose keyword failed. */
    private static JsonNode rule(Schema schema, Error error) {
        String keyword = String.valueOf(error.getSchemaLocation().getFragment());
        int parent = keyword.lastIndexOf('/');
        return parent < 0 ? schema.getSchemaNode() : schema.getSchemaNode().at(keyword.substring(0, parent));
    }

    private static List<String> names(JsonNode rule) {
        var names = new ArrayList<String>();
        rule.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> values(JsonNode rule) {
        var values = new ArrayList<String>();
        rule.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> node.isIntegralNumber() ? "an integer" : "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case NULL -> "null";
            case BINARY, MISSING -> "nothing";
        };
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
