package dev.relais.deploy.playbook;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Refuses a request that the API would refuse, in its words; how blocks must fit is in {@link BlockRule}. */
final class StrictRule {
    private static final Set<String> FIELDS = Set.of("model", "max_tokens", "messages", "system", "tools", "tool_choice",
            "thinking",
            "output_config", "cache_control", "stop_sequences", "metadata", "service_tier", "speed", "inference_geo", "container",
            "diagnostics", "stream", "temperature", "top_p", "top_k");
    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int BREAKPOINTS = 4;

    private StrictRule() {}

    /** @return why it is refused, or empty */
    static Optional<ApiError> refuse(JsonNode request) {
        return firstOf(List.of(() -> fields(request), () -> tools(request.path("tools")), () -> system(request.path("system")),
                () -> roles(request.path("messages")), () -> BlockRule.refuse(request.path("messages")),
                () -> breakpoints(request)));
    }

    /** Without {@code max_tokens}, which a count of tokens has not. */
    static Optional<ApiError> refuseCount(JsonNode request) {
        return request instanceof ObjectNode object ? refuse(object.deepCopy().put("max_tokens", 1)) : refuse(request);
    }

    static Optional<ApiError> invalid(boolean holds, String message) {
        return holds ? Optional.empty() : Optional.of(ApiError.invalid(message));
    }

    static Optional<ApiError> firstOf(List<Check> checks) {
        return checks.stream().map(Check::refuse).flatMap(Optional::stream).findFirst();
    }

    /** One reason to refuse. */
    interface Check {
        Optional<ApiError> refuse();
    }

    private static Optional<ApiError> fields(JsonNode request) {
        if (!request.isObject()) {
            return invalid(false, "The request body is not a JSON object");
        }
        for (var field : request.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                return invalid(false, field.getKey() + ": Extra inputs are not permitted");
            }
        }
        return firstOf(List.of(
                () -> invalid(request.path("model").isTextual() && !request.path("model").asText().isBlank(),
                        "model: Field required"),
                () -> invalid(request.has("max_tokens"), "max_tokens: Field required"),
                () -> invalid(request.path("max_tokens").isIntegralNumber() && request.path("max_tokens").asLong() >= 1,
                        "max_tokens: must be greater than or equal to 1"),
                () -> invalid(request.path("messages").isArray(), "messages: Field required"),
                () -> invalid(!request.path("messages").isEmpty(), "messages: at least one message is required")));
    }

    private static Optional<ApiError> tools(JsonNode tools) {
        if (!tools.isMissingNode() && !(tools instanceof ArrayNode)) {
            return invalid(false, "tools: Input should be a valid list");
        }
        var names = new HashSet<String>();
        for (var at = 0; at < tools.size(); at++) {
            var tool = tools.get(at);
            var name = tool.path("name").asText();
            if (!TOOL_NAME.matcher(name).matches()) {
                return invalid(false, "tools." + at + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
            }
            if (!names.add(name)) {
                return invalid(false, "tools: Tool names must be unique.");
            }
            if (!tool.path("input_schema").path("type").asText().equals("object")) {
                return invalid(false, "tools." + at + ".input_schema.type: Field required");
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> system(JsonNode system) {
        for (var block : system) {
            if (!block.path("type").asText().equals("text") || block.path("text").asText().isEmpty()) {
                return invalid(false, "system: text content blocks must be non-empty");
            }
        }
        return invalid(system.isMissingNode() || system.isTextual() || system.isArray(),
                "system: Input should be a valid string or list");
    }

    /** Stricter than the API, which joins neighbours of one role: the worker never means to send them. */
    private static Optional<ApiError> roles(JsonNode messages) {
        for (var at = 0; at < messages.size(); at++) {
            var role = messages.get(at).path("role").asText();
            if (!role.equals("user") && !role.equals("assistant")) {
                return invalid(false, "messages." + at + ".role: Input should be 'user' or 'assistant'");
            }
            if (!role.equals(at % 2 == 0 ? "user" : "assistant")) {
                return invalid(false, at == 0
                        ? "messages: first message must use the \"user\" role"
                        : "messages: roles must alternate between \"user\" and \"assistant\", but found multiple \"" + role
                                + "\" roles in a row");
            }
        }
        return invalid(messages.size() % 2 == 1,
                "This model does not support assistant message prefill. The conversation must end with a user message.");
    }

    private static Optional<ApiError> breakpoints(JsonNode request) {
        var count = request.findValues("cache_control").size();
        return invalid(count <= BREAKPOINTS, "A maximum of 4 blocks with cache_control may be provided. Found " + count + ".");
    }
}
