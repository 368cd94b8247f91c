package dev.relais.deploy.playbook;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message as the server-sent events that the API streams it in. */
final class EventStream {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EventStream() {}

    /** @param chunk characters a delta */
    static List<ObjectNode> events(ObjectNode message, int chunk) {
        var events = new ArrayList<ObjectNode>();
        events.add(start(message));
        events.add(NODES.objectNode().put("type", "ping"));
        var index = 0;
        for (var block : message.path("content")) {
            events.add(indexed("content_block_start", index).set("content_block", opening(block)));
            for (var delta : deltas(block, chunk)) {
                events.add(indexed("content_block_delta", index).set("delta", delta));
            }
            events.add(indexed("content_block_stop", index));
            index++;
        }
        var stopped = NODES.objectNode().put("stop_reason", message.path("stop_reason").asText()).putNull("stop_sequence");
        events.add(NODES.objectNode().put("type", "message_delta").<ObjectNode>set("delta", stopped).set("usage",
                message.path("usage")));
        events.add(NODES.objectNode().put("type", "message_stop"));
        return events;
    }

    static void write(OutputStream out, JsonNode event) throws IOException {
        out.write(("event: " + event.path("type").asText() + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode start(ObjectNode message) {
        var begun = message.deepCopy();
        begun.putArray("content");
        begun.putNull("stop_reason");
        ((ObjectNode) begun.path("usage")).put("output_tokens", 1);
        return NODES.objectNode().put("type", "message_start").set("message", begun);
    }

    private static ObjectNode indexed(String type, int index) {
        return NODES.objectNode().put("type", type).put("index", index);
    }

    private static JsonNode opening(JsonNode block) {
        var opening = (ObjectNode) block.deepCopy();
        return switch (block.path("type").asText()) {
            case "text" -> opening.put("text", "");
            case "tool_use" -> opening.set("input", NODES.objectNode());
            case "thinking" -> opening.put("thinking", "").put("signature", "");
            default -> opening;
        };
    }

    private static List<ObjectNode> deltas(JsonNode block, int chunk) {
        return switch (block.path("type").asText()) {
            case "text" -> pieces("text_delta", "text", block.path("text").asText(), chunk);
            case "tool_use" -> pieces("input_json_delta", "partial_json", block.path("input").toString(), chunk);
            case "thinking" -> {
                var deltas = new ArrayList<>(pieces("thinking_delta", "thinking", block.path("thinking").asText(), chunk));
                deltas.addAll(pieces("signature_delta", "signature", block.path("signature").asText(), Integer.MAX_VALUE));
                yield deltas;
            }
            default -> List.of();
        };
    }

    private static List<ObjectNode> pieces(String type, String field, String text, int chunk) {
        var pieces = new ArrayList<ObjectNode>();
        for (var from = 0; from < text.length();) {
            var to = end(text, from, chunk);
            pieces.add(NODES.objectNode().put("type", type).put(field, text.substring(from, to)));
            from = to;
        }
        return pieces;
    }

    /** A pair of surrogates is not torn apart: half of one is no UTF-8. */
    private static int end(String text, int from, int chunk) {
        var to = (int) Math.min(text.length(), (long) from + chunk);
        return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to + 1 : to;
    }
}
