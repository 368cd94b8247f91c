package dev.relais.worker.toolkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the JSON Schema of a tool's input. */
final class InputSchema {
    private final ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    private final ObjectNode properties = schema.putObject("properties");
    private final ArrayNode required = schema.putArray("required");

    InputSchema required(String name, String type, String description) {
        required.add(name);
        return optional(name, type, description);
    }

    InputSchema required(String name, JsonNode property) {
        required.add(name);
        properties.set(name, property);
        return this;
    }

    InputSchema optional(String name, String type, String description) {
        properties.putObject(name).put("type", type).put("description", description);
        return this;
    }

    InputSchema oneOf(String name, String description, String... values) {
        ArrayNode allowed = properties.putObject(name).put("type", "string").put("description", description).putArray("enum");
        for (String value : values) {
            allowed.add(value);
        }
        return this;
    }

    InputSchema optional(String name, JsonNode property) {
        properties.set(name, property);
        return this;
    }

    static JsonNode list(String description, JsonNode items) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array").put("description", description);
        list.set("items", items);
        return list;
    }

    static JsonNode text() {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }

    JsonNode build() {
        return schema.put("additionalProperties", false);
    }
}
