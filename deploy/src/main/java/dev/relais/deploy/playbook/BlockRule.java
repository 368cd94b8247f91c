package dev.relais.deploy.playbook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Which content blocks may stand where: above all, every call has its result, first in the next message. */
final class BlockRule {
    private static final Set<String> ASSISTANT = Set.of("text", "tool_use", "thinking", "redacted_thinking");
    private static final Set<String> USER = Set.of("text", "tool_result", "image", "document");
    private static final Pattern CALL_ID = Pattern.compile("[a-zA-Z0-9_-]+");

    private BlockRule() {}

    /** @param messages with roles that alternate */
    static Optional<ApiError> refuse(JsonNode messages) {
        for (var at = 0; at < messages.size(); at++) {
            var where = "messages." + at;
            var content = blocks(messages.get(at).path("content"));
            var isUser = at % 2 == 0;
            var refused = each(where, content, isUser);
            if (refused.isPresent()) {
                return refused;
            }
            if (isUser) {
                var calls = at == 0 ? Set.<String>of() : ids(blocks(messages.get(at - 1).path("content")), "tool_use", "id");
                var unfit = fit(at, content, calls);
                if (unfit.isPresent()) {
                    return unfit;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> each(String where, List<JsonNode> content, boolean isUser) {
        if (content.isEmpty()) {
            return StrictRule.invalid(false, where + ": " + (isUser ? "user" : "all") + " messages must have non-empty content");
        }
        var ids = new HashSet<String>();
        for (var place = 0; place < content.size(); place++) {
            var block = content.get(place);
            var type = block.path("type").asText();
            if (!(isUser ? USER : ASSISTANT).contains(type)) {
                return StrictRule.invalid(false,
                        where + ".content." + place + ": a block of type '" + type + "' does not fit the role");
            }
            var refused = one(where + ".content." + place, block, type);
            if (refused.isPresent()) {
                return refused;
            }
            if (type.equals("tool_use") && !ids.add(block.path("id").asText())) {
                return StrictRule.invalid(false, where + ".content." + place + ": `tool_use` ids must be unique");
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> one(String where, JsonNode block, String type) {
        return switch (type) {
            case "text" -> StrictRule.invalid(!block.path("text").asText().isBlank(),
                    where + ": text content blocks must contain non-whitespace text");
            case "tool_use" -> StrictRule.firstOf(List.of(
                    () -> StrictRule.invalid(CALL_ID.matcher(block.path("id").asText()).matches(),
                            where + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'"),
                    () -> StrictRule.invalid(!block.path("name").asText().isEmpty(), where + ".tool_use.name: Field required"),
                    () -> StrictRule.invalid(block.path("input").isObject(),
                            where + ".tool_use.input: Input should be a valid dictionary")));
            case "tool_result" -> StrictRule.invalid(block.path("tool_use_id").isTextual(),
                    where + ".tool_result.tool_use_id: Field required")
                    .or(() -> result(where, block.path("content")));
            case "thinking" -> StrictRule.firstOf(List.of(
                    () -> StrictRule.invalid(!block.path("signature").asText().isEmpty(),
                            where + ".thinking.signature: Field required"),
                    () -> StrictRule.invalid(!block.has("cache_control"),
                            where + ".thinking.cache_control: Extra inputs are not permitted")));
            default -> Optional.empty();
        };
    }

    private static Optional<ApiError> result(String where, JsonNode content) {
        for (var block : content) {
            if (block.path("type").asText().equals("text") && block.path("text").asText().isEmpty()) {
                return StrictRule.invalid(false, where + ".tool_result.content: text content blocks must be non-empty");
            }
        }
        return StrictRule.invalid(content.isMissingNode() || content.isTextual() || content.isArray(),
                where + ".tool_result.content: Input should be a valid string or list");
    }

    /** @param calls the ids of the message before */
    private static Optional<ApiError> fit(int at, List<JsonNode> content, Set<String> calls) {
        var open = new LinkedHashSet<>(calls);
        var first = true;
        for (var place = 0; place < content.size(); place++) {
            var block = content.get(place);
            if (!block.path("type").asText().equals("tool_result")) {
                first = false;
                continue;
            }
            var id = block.path("tool_use_id").asText();
            if (!calls.contains(id)) {
                return StrictRule.invalid(false, "messages." + at + ".content." + place
                        + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id
                        + ". Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
            }
            if (!open.contains(id)) {
                return StrictRule.invalid(false, "messages." + at + ".content." + place
                        + ": each tool_use must have a single result. Found multiple `tool_result` blocks with id: " + id);
            }
            if (first) {
                open.remove(id);
            }
        }
        return StrictRule.invalid(open.isEmpty(), "messages." + at
                + ": `tool_use` ids were found without `tool_result` blocks immediately after: " + String.join(", ", open)
                + ". Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
    }

    private static Set<String> ids(List<JsonNode> content, String type, String field) {
        var ids = new LinkedHashSet<String>();
        content.stream().filter(block -> block.path("type").asText().equals(type))
                .forEach(block -> ids.add(block.path(field).asText()));
        return ids;
    }

    private static List<JsonNode> blocks(JsonNode content) {
        var blocks = new ArrayList<JsonNode>();
        if (content.isTextual() && !content.asText().isEmpty()) {
            blocks.add(JsonNodeFactory.instance.objectNode().put("type", "text").put("text", content.asText()));
        }
        content.forEach(blocks::add);
        return blocks;
    }
}
