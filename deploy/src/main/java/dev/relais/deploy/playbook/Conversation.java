package dev.relais.deploy.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a request holds: all that a script decides from, so that a conversation that another worker resumes is served as well.
 *
 * @param turns assistant messages so far
 * @param since assistant messages since the newest user text
 * @param start hash of the system text and the first message: the same in every request of a conversation
 * @param prefix hash of the system text and all messages, breakpoints aside
 * @param breakpoints how many blocks carry cache_control
 */
record Conversation(String model, int turns, int since, String first, String said, String results, String system, String start,
        String prefix,
        int breakpoints) {
    /** @param request a valid one */
    static Conversation of(JsonNode request) {
        var messages = request.path("messages");
        var system = text(request.path("system"));
        var said = "";
        var since = 0;
        var turns = 0;
        for (var message : messages) {
            if (isAssistant(message)) {
                turns++;
                since++;
            } else if (!text(message.path("content")).isEmpty()) {
                said = text(message.path("content"));
                since = 0;
            }
        }
        var bare = Fingerprint.withoutBreakpoints(messages);
        return new Conversation(request.path("model").asText(), turns, since, text(messages.path(0).path("content")), said,
                results(messages.path(messages.size() - 1).path("content")), system,
                Fingerprint.of(system, bare.path(0).toString()),
                Fingerprint.of(system, bare.toString()), request.findValues("cache_control").size());
    }

    String text(Script.Source source) {
        return switch (source) {
            case FIRST -> first;
            case SAID -> said;
            case RESULTS -> results;
            case SYSTEM -> system;
            case MODEL -> model;
        };
    }

    private static boolean isAssistant(JsonNode message) {
        return message.path("role").asText().equals("assistant");
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.asText() : texts(content, "text");
    }

    private static String texts(JsonNode content, String type) {
        return StreamSupport.stream(content.spliterator(), false)
                .filter(block -> block.path("type").asText().equals(type))
                .map(block -> block.path("text").asText())
                .collect(Collectors.joining("\n"));
    }

    private static String results(JsonNode content) {
        List<String> results = new ArrayList<>();
        for (var block : content) {
            if (block instanceof ObjectNode && block.path("type").asText().equals("tool_result")) {
                results.add(text(block.path("content")));
            }
        }
        return String.join("\n", results);
    }
}
