package dev.relais.worker.anthropic;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.worker.model.Prompt;

/**
 * Writes a prompt as a request's body, with cache breakpoints: one on the frozen prefix (tools, then system), one on the last
 * message, and one where the call before had its last, because a lookup goes back 20 blocks only and a turn may add more.
 */
final class CacheRule {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CacheRule() {}

    /** The prompt's nodes are not changed. */
    static Body body(Prompt prompt) {
        var tools = prompt.tools() instanceof ArrayNode array ? array : NODES.arrayNode();
        var system = NODES.arrayNode();
        if (prompt.system().isBlank()) {
            tools = withBreakpoint(tools);
        } else {
            system.add(marked(NODES.objectNode().put("type", "text").put("text", prompt.system())));
        }
        return new Body(system, tools, messages(prompt.messages()));
    }

    private static ArrayNode messages(List<Prompt.Message> messages) {
        var last = messages.size() - 1;
        var array = NODES.arrayNode(messages.size());
        for (var at = 0; at <= last; at++) {
            var message = messages.get(at);
            var content = at == last || at == last - 2 ? withBreakpoint(message.content()) : message.content();
            array.add(NODES.objectNode().put("role", role(message.role())).<ObjectNode>set("content", content));
        }
        return array;
    }

    private static ArrayNode withBreakpoint(JsonNode blocks) {
        var array = NODES.arrayNode();
        blocks.forEach(array::add);
        if (!array.isEmpty() && array.get(array.size() - 1) instanceof ObjectNode block && mayBeMarked(block)) {
            array.set(array.size() - 1, marked(block));
        }
        return array;
    }

    /** The API refuses a breakpoint on thinking and on empty text. */
    private static boolean mayBeMarked(ObjectNode block) {
        return switch (block.path("type").asText()) {
            case "thinking", "redacted_thinking" -> false;
            case "text" -> !block.path("text").asText().isEmpty();
            default -> true;
        };
    }

    private static ObjectNode marked(ObjectNode block) {
        var copy = NODES.objectNode();
        copy.setAll(block);
        return copy.set("cache_control", NODES.objectNode().put("type", "ephemeral"));
    }

    private static String role(Prompt.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    /** The parts of a request that hold raw JSON. */
    record Body(ArrayNode system, ArrayNode tools, ArrayNode messages) {}
}
