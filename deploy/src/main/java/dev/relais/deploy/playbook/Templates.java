package dev.relais.deploy.playbook;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills a captured word in double braces into the strings of a block; a backslash before the braces keeps them. */
final class Templates {
    static final Set<String> BUILT_IN = Set.of("turn", "model");

    private static final Pattern WORD = Pattern.compile("\\\\\\{\\{|\\{\\{([A-Za-z][A-Za-z0-9]*)}}");

    private Templates() {}

    static Set<String> words(JsonNode block) {
        var words = new LinkedHashSet<String>();
        collect(block, words);
        return words;
    }

    static JsonNode fill(JsonNode node, Map<String, String> words) {
        return switch (node) {
            case ObjectNode object -> {
                var filled = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue(), words)));
                yield filled;
            }
            case ArrayNode array -> {
                var filled = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> filled.add(fill(item, words)));
                yield filled;
            }
            default -> node.isTextual() ? JsonNodeFactory.instance.textNode(fill(node.asText(), words)) : node;
        };
    }

    private static String fill(String text, Map<String, String> words) {
        return WORD.matcher(text).replaceAll(match -> {
            var word = match.group(1);
            return Matcher.quoteReplacement(word == null ? "{{" : words.getOrDefault(word, ""));
        });
    }

    private static void collect(JsonNode node, Set<String> words) {
        if (node.isTextual()) {
            WORD.matcher(node.asText()).results().filter(match -> match.group(1) != null)
                    .forEach(match -> words.add(match.group(1)));
        }
        node.forEach(child -> collect(child, words));
    }
}
