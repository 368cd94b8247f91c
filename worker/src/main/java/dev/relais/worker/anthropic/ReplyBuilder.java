package dev.relais.worker.anthropic;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.schemas.event.Usage;
import dev.relais.schemas.wire.Json;

/** Puts the events of a streamed reply together, blocks and fields that it does not know included. */
final class ReplyBuilder {
    /** What a block is, to be sent back unchanged with the next request. */
    private final Map<Integer, ObjectNode> blocks = new TreeMap<>();
    private final Map<Integer, Map<String, StringBuilder>> growing = new TreeMap<>();
    private String id = "";
    private String model = "";
    private String stopReason = "";
    private Usage usage = Usage.NONE;
    private long size;

    /** @param event one of the stream; a kind that is not known is ignored, as the API asks */
    void add(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> startBlock(event);
            case "content_block_delta" -> grow(event.path("index").asInt(), event.path("delta"));
            case "message_delta" -> {
                stopReason = event.path("delta").path("stop_reason").asText(stopReason);
                count(event.path("usage"));
            }
            default -> {
                // content_block_stop and message_stop tell nothing more, and ping nothing at all.
            }
        }
    }

    /** Characters of content so far: a floor of its bytes. */
    long size() {
        return size;
    }

    /** A stream that broke off has no stop reason. */
    boolean isComplete() {
        return !stopReason.isEmpty() && !stopReason.equals("null");
    }

    String stopReason() {
        return stopReason;
    }

    String model() {
        return model;
    }

    Usage usage() {
        return usage;
    }

    String id() {
        return id;
    }

    ArrayNode content() {
        var content = Json.mapper().createArrayNode();
        blocks.forEach((index, block) -> content.add(finished(block, growing.getOrDefault(index, Map.of()))));
        return content;
    }

    private void start(JsonNode message) {
        id = message.path("id").asText();
        model = message.path("model").asText();
        count(message.path("usage"));
    }

    private void startBlock(JsonNode event) {
        if (event.path("content_block") instanceof ObjectNode block) {
            blocks.put(event.path("index").asInt(), block.deepCopy());
            size += block.toString().length();
        }
    }

    private void grow(int index, JsonNode delta) {
        var block = blocks.get(index);
        if (block == null) {
            return;
        }
        if (delta.path("type").asText().equals("citations_delta")) {
            block.withArray("citations").add(delta.path("citation"));
            size += delta.path("citation").toString().length();
            return;
        }
        // text, thinking, signature, partial_json, and what later deltas bring: each string is a piece of the block's field of that name.
        for (var field : delta.properties()) {
            if (field.getValue().isTextual() && !field.getKey().equals("type")) {
                growing.computeIfAbsent(index, _ -> new TreeMap<>())
                        .computeIfAbsent(field.getKey(), _ -> new StringBuilder())
                        .append(field.getValue().asText());
                size += field.getValue().asText().length();
            }
        }
    }

    /** Usage in a delta is cumulative; servers leave fields out. */
    private void count(JsonNode counted) {
        usage = new Usage(counted.path("input_tokens").asLong(usage.input()),
                counted.path("cache_creation_input_tokens").asLong(usage.cacheWrite()),
                counted.path("cache_read_input_tokens").asLong(usage.cacheRead()),
                counted.path("output_tokens").asLong(usage.output()));
    }

    private static ObjectNode finished(ObjectNode block, Map<String, StringBuilder> pieces) {
        var whole = block.deepCopy();
        pieces.forEach((field, text) -> {
            if (field.equals("partial_json")) {
                if (!text.toString().isBlank()) {
                    whole.set("input", input(text.toString()));
                }
            } else {
                whole.put(field, block.path(field).asText() + text);
            }
        });
        if (whole.path("input").isTextual()) {
            whole.set("input", input(whole.path("input").asText()));
        }
        return whole;
    }

    /** Some servers send a call's input as a string of JSON, and a reply that was cut short ends in the middle of one. */
    private static JsonNode input(String text) {
        try {
            var parsed = Json.mapper().readTree(text);
            return parsed.isTextual() ? Json.mapper().readTree(parsed.asText()) : parsed;
        } catch (JsonProcessingException _) {
            // An input must be an object when it is sent back, and the tool's answer shows the model what it wrote.
            return Json.mapper().createObjectNode().put("INVALID_JSON", text);
        }
    }
}
