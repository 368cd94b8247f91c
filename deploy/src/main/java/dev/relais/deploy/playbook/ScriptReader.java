package dev.relais.deploy.playbook;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.deploy.playbook.Script.Capture;
import dev.relais.deploy.playbook.Script.Fault;
import dev.relais.deploy.playbook.Script.Pace;
import dev.relais.deploy.playbook.Script.Source;
import dev.relais.deploy.playbook.Script.Span;
import dev.relais.deploy.playbook.Script.Step;
import dev.relais.deploy.playbook.Script.When;

/** Reads a script, strictly: an unknown key, a template without a capture, a span that is none stop the reading. */
final class ScriptReader {
    private static final Pace AT_ONCE = new Pace(Duration.ZERO, 256, Duration.ZERO);
    private static final Pattern SPAN = Pattern.compile("(\\d+)(\\.\\.(\\d*))?");
    private static final int ALWAYS = Integer.MAX_VALUE;

    private ScriptReader() {}

    /** @throws BadScriptException naming line and column */
    static Script read(String file, String yaml) {
        var root = ScriptNode.parse(file, yaml);
        var fields = root.fields("playbook", "latency", "chunk", "every", "faults", "captures", "steps");
        var pace = pace(fields, AT_ONCE);
        var captures = list(fields, "captures").map(ScriptReader::capture).toList();
        var words = new HashSet<>(Templates.BUILT_IN);
        captures.forEach(capture -> words.addAll(capture.match().namedGroups().keySet()));
        if (!fields.containsKey("steps")) {
            throw root.wrong("`steps` is missing");
        }
        var steps = list(fields, "steps").map(node -> step(node, pace, words)).toList();
        var name = Optional.ofNullable(fields.get("playbook")).map(ScriptNode::text).orElse(file);
        return new Script(name, list(fields, "faults").map(ScriptReader::fault).toList(), captures, steps);
    }

    private static Capture capture(ScriptNode node) {
        var fields = node.fields("in", "match", "else");
        var match = require(node, fields, "match").pattern();
        if (match.namedGroups().isEmpty()) {
            throw node.wrong("a capture's `match` has at least one named group, like (?<title>.+)");
        }
        var in = Optional.ofNullable(fields.get("in")).map(ScriptReader::source).orElse(Source.FIRST);
        return new Capture(in, match, Optional.ofNullable(fields.get("else")).map(ScriptNode::text));
    }

    private static Source source(ScriptNode node) {
        return Stream.of(Source.values())
                .filter(source -> key(source).equals(node.text()))
                .findFirst()
                .orElseThrow(() -> node.wrong("`" + node.text() + "` is no text of a conversation"
                        + Nearest.suggestion(node.text(), Stream.of(Source.values()).map(ScriptReader::key).toList())));
    }

    private static String key(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Step step(ScriptNode node, Pace pace, Set<String> words) {
        var fields = node.fields("name", "when", "latency", "chunk", "every", "faults", "reply", "stop");
        var when = Optional.ofNullable(fields.get("when")).map(ScriptReader::when)
                .orElse(new When(Optional.empty(), Optional.empty(), Map.of()));
        var known = new HashSet<>(words);
        when.texts().values().forEach(pattern -> known.addAll(pattern.namedGroups().keySet()));
        var reply = require(node, fields, "reply").items().stream().map(block -> block(block, known)).toList();
        return new Step(require(node, fields, "name").text(), when, pace(fields, pace),
                list(fields, "faults").map(ScriptReader::fault).toList(), reply,
                Optional.ofNullable(fields.get("stop")).map(ScriptNode::text));
    }

    private static When when(ScriptNode node) {
        var fields = node.fields("turn", "since", "first", "said", "results", "system", "model");
        var texts = new EnumMap<Source, Pattern>(Source.class);
        for (var source : Source.values()) {
            Optional.ofNullable(fields.get(key(source))).ifPresent(pattern -> texts.put(source, pattern.pattern()));
        }
        return new When(Optional.ofNullable(fields.get("turn")).map(ScriptReader::span),
                Optional.ofNullable(fields.get("since")).map(ScriptReader::span), texts);
    }

    /** {@code 3}, {@code 3..5} or {@code 3..}. */
    private static Span span(ScriptNode node) {
        var match = SPAN.matcher(node.text());
        if (!match.matches()) {
            throw node.wrong("`" + node.text() + "` is no span of turns; write 3, 3..5 or 3..");
        }
        var from = Integer.parseInt(match.group(1));
        if (match.group(2) == null) {
            return new Span(from, from);
        }
        return new Span(from, match.group(3).isEmpty() ? ALWAYS : Integer.parseInt(match.group(3)));
    }

    private static JsonNode block(ScriptNode node, Set<String> known) {
        var fields = node.fields("text", "call", "input", "block");
        var block = block(node, fields);
        Templates.words(block).stream().filter(word -> !known.contains(word)).findFirst().ifPresent(word -> {
            throw node.wrong(
                    "nothing captures {{" + word + "}}" + Nearest.suggestion(word, known) + "; a literal {{ is written \\{{");
        });
        return block;
    }

    private static ObjectNode block(ScriptNode node, Map<String, ScriptNode> fields) {
        var nodes = JsonNodeFactory.instance;
        if (fields.containsKey("text") && fields.size() == 1) {
            return nodes.objectNode().put("type", "text").put("text", require(node, fields, "text").text().stripTrailing());
        }
        if (fields.containsKey("call") && !fields.containsKey("text") && !fields.containsKey("block")) {
            return nodes.objectNode().put("type", "tool_use").put("name", require(node, fields, "call").text())
                    .<ObjectNode>set("input", require(node, fields, "input").json());
        }
        if (fields.containsKey("block") && fields.size() == 1
                && require(node, fields, "block").json() instanceof ObjectNode raw) {
            return raw;
        }
        throw node.wrong("a block of a reply is `text`, or `call` with its `input`, or a raw `block`");
    }

    private static Fault fault(ScriptNode node) {
        var fields = node.fields("status", "type", "code", "message", "retryAfter", "stream", "drop", "after", "times");
        var times = Optional.ofNullable(fields.get("times")).map(ScriptReader::times).orElse(1);
        if (fields.containsKey("status")) {
            var status = require(node, fields, "status").number();
            return new Fault.Status(status, text(fields, "type").orElse(ApiError.type(status)), text(fields, "code").orElse(""),
                    text(fields, "message").orElse("scripted fault " + status),
                    Optional.ofNullable(fields.get("retryAfter")).map(ScriptNode::duration), times);
        }
        if (fields.containsKey("stream")) {
            var after = Optional.ofNullable(fields.get("after")).map(ScriptNode::number).orElse(2);
            return new Fault.Stream(require(node, fields, "stream").text(), after, times);
        }
        return new Fault.Drop(require(node, fields, "drop").number(), times);
    }

    private static int times(ScriptNode node) {
        return node.text().equals("always") ? ALWAYS : node.number();
    }

    private static Pace pace(Map<String, ScriptNode> fields, Pace other) {
        return new Pace(Optional.ofNullable(fields.get("latency")).map(ScriptNode::duration).orElse(other.latency()),
                Math.max(1, Optional.ofNullable(fields.get("chunk")).map(ScriptNode::number).orElse(other.chunk())),
                Optional.ofNullable(fields.get("every")).map(ScriptNode::duration).orElse(other.every()));
    }

    private static Optional<String> text(Map<String, ScriptNode> fields, String key) {
        return Optional.ofNullable(fields.get(key)).map(ScriptNode::text);
    }

    private static Stream<ScriptNode> list(Map<String, ScriptNode> fields, String key) {
        return Optional.ofNullable(fields.get(key)).map(ScriptNode::items).orElse(List.of()).stream();
    }

    private static ScriptNode require(ScriptNode node, Map<String, ScriptNode> fields, String key) {
        return Optional.ofNullable(fields.get(key)).orElseThrow(() -> node.wrong("`" + key + "` is missing here"));
    }
}
