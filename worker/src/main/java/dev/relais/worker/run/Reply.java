package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.relais.schemas.wire.Json;
import dev.relais.worker.tool.ToolCall;

/**
 * The last reply, read.
 *
 * @param epoch and {@code sequence} of its {@code replied} entry: what it raises is known by these
 * @param text all its text blocks
 * @param calls in the reply's order
 */
public record Reply(int epoch, int sequence, String stopReason, String text, List<ToolCall> calls) {
    /** The reply was cut at {@code max_tokens}: its last call may be incomplete. */
    static final String CUT = "max_tokens";

    public Reply {
        calls = List.copyOf(calls);
    }

    static Reply of(int epoch, int sequence, String stopReason, JsonNode content) {
        var calls = new ArrayList<ToolCall>();
        var texts = new ArrayList<String>();
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" -> texts.add(block.path("text").asText());
                case "tool_use" -> calls.add(new ToolCall(block.path("id").asText(), block.path("name").asText(),
                        input(block.path("input")), calls.size()));
                default -> {
                }
            }
        }
        return new Reply(epoch, sequence, stopReason,
                texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining("\n")), calls);
    }

    /** Some servers give the input as a string of JSON. */
    private static JsonNode input(JsonNode input) {
        if (input instanceof TextNode text) {
            try {
                return Json.mapper().readTree(text.asText());
            } catch (JsonProcessingException _) {
                return JsonNodeFactory.instance.objectNode();
            }
        }
        return input.isMissingNode() ? JsonNodeFactory.instance.objectNode() : input;
    }

    boolean wasCut() {
        return stopReason.equals(CUT);
    }
}
