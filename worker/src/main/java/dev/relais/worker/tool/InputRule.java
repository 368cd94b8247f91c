package dev.relais.worker.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call's input against its tool's schema. Small models write {@code "5"} for 5, {@code "true"} for true and null for an absent field:
 * what can be meant in one way only is taken so; the rest is told to the model in words that it can act on.
 */
final class InputRule {
    private InputRule() {}

    sealed interface Checked {
        /** @param input with the types that the schema asks for */
        record Valid(JsonNode input) implements Checked {}

        /** @param text what is wrong, for the model */
        record Invalid(String text) implements Checked {}
    }

    static Checked check(String tool, JsonNode schema, JsonNode input) {
        if (!input.isObject()) {
            return new Checked.Invalid(tool + " takes an object of named parameters (" + known(schema) + "), not "
                    + type(input) + ".");
        }
        var faults = new ArrayList<String>();
        ObjectNode clean = object(schema, input, "", faults);
        return faults.isEmpty()
                ? new Checked.Valid(clean)
                : new Checked.Invalid("The input of " + tool + " does not fit its schema: " + String.join("; ", faults)
                        + ". Call it again with a corrected input.");
    }

    private static ObjectNode object(JsonNode schema, JsonNode input, String at, List<String> faults) {
        ObjectNode clean = JsonNodeFactory.instance.objectNode();
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> field : input.properties()) {
            String name = at + field.getKey();
            if (!properties.has(field.getKey())) {
                faults.add("unknown parameter `" + name + "` (known: " + known(schema) + ")");
            } else if (!field.getValue().isNull()) {
                clean.set(field.getKey(), value(properties.path(field.getKey()), field.getValue(), name, faults));
            }
        }
        for (JsonNode required : schema.path("required")) {
            if (input.path(required.asText()).isMissingNode() || input.path(required.asText()).isNull()) {
                faults.add("the required parameter `" + at + required.asText() + "` is missing");
            }
        }
        return clean;
    }

    private static JsonNode value(JsonNode schema, JsonNode value, String name, List<String> faults) {
        String wanted = schema.path("type").asText();
        JsonNode meant = coerced(wanted, value);
        if (!fits(wanted, meant)) {
            faults.add("`" + name + "` must be " + article(wanted) + ", not " + type(value));
            return meant;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), meant)) {
            faults.add("`" + name + "` must be one of " + schema.path("enum") + ", not " + meant);
        }
        if (wanted.equals("object")) {
            return object(schema, meant, name + ".", faults);
        }
        if (wanted.equals("array")) {
            var items = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < meant.size(); i++) {
                items.add(value(schema.path("items"), meant.path(i), name + "[" + i + "]", faults));
            }
            return items;
        }
        return meant;
    }

    private static JsonNode coerced(String wanted, JsonNode value) {
        if (wanted.equals("integer") && value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
            return LongNode.valueOf(value.longValue());
        }
        if (!value.isTextual()) {
            return value;
        }
        String text = value.asText().strip();
        if (wanted.equals("integer") && text.matches("-?[0-9]{1,15}")) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        if (wanted.equals("boolean") && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        return value;
    }

    private static boolean fits(String wanted, JsonNode value) {
        return switch (wanted) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static String known(JsonNode schema) {
        var names = new TreeSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return String.join(", ", names);
    }

    private static String article(String type) {
        return switch (type) {
            case "integer", "array", "object" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "the string " + abridged(value.toString());
            case NUMBER, BOOLEAN -> "the " + value.getNodeType().name().toLowerCase(Locale.ROOT) + " " + value;
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case NULL -> "null";
            case MISSING -> "nothing";
            case BINARY -> "bytes";
        };
    }

    private static String abridged(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
