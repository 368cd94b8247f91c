package dev.relais.deploy.playbook;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.deploy.playbook.Script.Source;
import dev.relais.deploy.playbook.Script.Span;
import dev.relais.deploy.playbook.Script.Step;

/** What a script says to a conversation. */
final class PlayRule {
    private PlayRule() {}

    static Play play(Script script, Conversation conversation) {
        for (var step : script.steps()) {
            var words = match(step, conversation);
            if (words.isPresent()) {
                return filled(script, step, conversation, words.get());
            }
        }
        return new Play.Stuck(
                "playbook " + script.name() + " has no step for turn " + conversation.turns() + ", " + conversation.since()
                        + " after the user's \"" + shortened(conversation.said()) + "\"; add one, or loosen a `when`");
    }

    private static Play filled(Script script, Step step, Conversation conversation, Map<String, String> found) {
        var words = new HashMap<String, String>();
        words.put("turn", Integer.toString(conversation.turns()));
        words.put("model", conversation.model());
        script.captures().forEach(capture -> capture(capture, conversation, words));
        words.putAll(found);
        for (var block : step.reply()) {
            for (var word : Templates.words(block)) {
                if (!words.containsKey(word)) {
                    return new Play.Stuck(
                            "playbook " + script.name() + ", step " + step.name() + ": nothing was found for {{" + word
                                    + "}} in this conversation; give its capture an `else`");
                }
            }
        }
        return new Play.Said(step, content(step, conversation, words));
    }

    private static void capture(Script.Capture capture, Conversation conversation, Map<String, String> words) {
        var match = capture.match().matcher(conversation.text(capture.in()));
        var isFound = match.find();
        for (var group : capture.match().namedGroups().keySet()) {
            var text = isFound ? Optional.ofNullable(match.group(group)).or(capture::otherwise) : capture.otherwise();
            text.ifPresent(found -> words.put(group, found));
        }
    }

    /** The words of the conditions' groups where all of them hold. */
    private static Optional<Map<String, String>> match(Step step, Conversation conversation) {
        var when = step.when();
        if (isOutside(when.turns(), conversation.turns()) || isOutside(when.since(), conversation.since())) {
            return Optional.empty();
        }
        var words = new HashMap<String, String>();
        for (var source : Source.values()) {
            var pattern = when.texts().get(source);
            if (pattern == null) {
                continue;
            }
            var match = pattern.matcher(conversation.text(source));
            if (!match.find()) {
                return Optional.empty();
            }
            pattern.namedGroups().keySet().forEach(group -> words.put(group, Optional.ofNullable(match.group(group)).orElse("")));
        }
        return Optional.of(words);
    }

    private static boolean isOutside(Optional<Span> span, int number) {
        return span.isPresent() && !span.get().has(number);
    }

    private static ArrayNode content(Step step, Conversation conversation, Map<String, String> words) {
        var content = JsonNodeFactory.instance.arrayNode();
        for (var template : step.reply()) {
            var block = Templates.fill(template, words);
            content.add(identified(block, "toolu_" + Fingerprint.of(conversation.prefix(), Integer.toString(content.size()))));
        }
        return content;
    }

    /** Calls get an id that is the same whenever the same conversation asks. */
    private static JsonNode identified(JsonNode block, String id) {
        if (!block.path("type").asText().equals("tool_use") || block.has("id")) {
            return block;
        }
        var call = JsonNodeFactory.instance.objectNode().put("type", "tool_use").put("id", id);
        return call.<ObjectNode>setAll((ObjectNode) block);
    }

    private static String shortened(String text) {
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }

    /** What a script has for a conversation. */
    sealed interface Play {
        record Said(Step step, ArrayNode content) implements Play {
            String stopReason() {
                return step.stop().orElseGet(() -> hasCall() ? "tool_use" : "end_turn");
            }

            private boolean hasCall() {
                return content.findValuesAsText("type").contains("tool_use");
            }
        }

        record Stuck(String why) implements Play {}
    }
}
