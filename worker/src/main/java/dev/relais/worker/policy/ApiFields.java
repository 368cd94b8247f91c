package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Fields that a document no longer promises, and types that are others. openapi-diff takes an optional field's removal from an answer for compatible, and
 * reads no types of OpenAPI 3.1; clients read both.
 */
final class ApiFields {
    private final List<String> lost = new ArrayList<>();

    private ApiFields() {}

    static List<String> lost(JsonNode before, JsonNode after) {
        var fields = new ApiFields();
        fields.compare(before, after);
        return fields.lost;
    }

    private void compare(JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> entry : before.properties()) {
            JsonNode now = after.path(entry.getKey());
            if (entry.getKey().equals("properties") && entry.getValue().isObject() && now.isObject()) {
                fields(entry.getValue(), now);
            }
            if (!now.isMissingNode()) {
                compare(entry.getValue(), now);
            }
        }
        for (int i = 0; before.isArray() && i < Math.min(before.size(), after.size()); i++) {
            compare(before.get(i), after.get(i));
        }
    }

    private void fields(JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            JsonNode now = after.path(field.getKey());
            JsonNode was = field.getValue().path("type");
            if (now.isMissingNode()) {
                lost.add("champ " + field.getKey() + " retiré");
            } else if (!was.isMissingNode() && !now.path("type").isMissingNode() && !was.equals(now.path("type"))) {
                lost.add("type du champ " + field.getKey() + " modifié");
            }
        }
    }
}
