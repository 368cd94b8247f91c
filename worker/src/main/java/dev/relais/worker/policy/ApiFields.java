package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;

/**
 * Fields that a document no longer promises, and types that are others. openapi-diff takes an optional field's removal from an answer for compatible, and
 * reads no types of OpenAPI 3.1; clients read both.
 */
final class ApiFields {
    private final List<String> lost = new ArrayList<>();
    private final Language language;

    private ApiFields(Language language) {
        this.language = language;
    }

    static List<String> lost(JsonNode before, JsonNode after, Language language) {
        var fields = new ApiFields(language);
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
                lost.add(language.say(Phrase.FIELD_GONE, field.getKey()));
            } else if (!was.isMissingNode() && !now.path("type").isMissingNode() && !was.equals(now.path("type"))) {
                lost.add(language.say(Phrase.FIELD_TYPE_CHANGED, field.getKey()));
            }
        }
    }
}
