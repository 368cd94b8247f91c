package dev.relais.deploy.playbook;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A place in a script: reads values, and names itself where they are wrong. */
final class ScriptNode {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m)?");

    private final String file;
    private final Node node;

    private ScriptNode(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    static ScriptNode parse(String file, String yaml) {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build()).composeString(yaml)
                    .map(node -> new ScriptNode(file, node))
                    .orElseThrow(() -> new BadScriptException(file + ":1:1: the script is empty; it needs at least `steps`"));
        } catch (MarkedYamlEngineException broken) {
            throw new BadScriptException(file + place(broken.getProblemMark()) + ": this is not YAML: " + broken.getProblem());
        }
    }

    BadScriptException wrong(String what) {
        return new BadScriptException(file + place(node.getStartMark()) + ": " + what);
    }

    /** @param known any other key is refused, with the likeliest of these as a suggestion */
    Map<String, ScriptNode> fields(String... known) {
        var fields = fields();
        for (var key : fields.keySet()) {
            if (!List.of(known).contains(key)) {
                throw keyAt(key).wrong("unknown key `" + key + "`" + Nearest.suggestion(key, List.of(known)));
            }
        }
        return fields;
    }

    Map<String, ScriptNode> fields() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("keys and values are expected here");
        }
        var fields = new LinkedHashMap<String, ScriptNode>();
        for (var tuple : mapping.getValue()) {
            var key = new ScriptNode(file, tuple.getKeyNode());
            if (fields.put(key.text(), new ScriptNode(file, tuple.getValueNode())) != null) {
                throw key.wrong("key `" + key.text() + "` stands twice");
            }
        }
        return fields;
    }

    List<ScriptNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("a list is expected here");
        }
        return sequence.getValue().stream().map(item -> new ScriptNode(file, item)).toList();
    }

    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong("a single value is expected here");
        }
        return scalar.getValue();
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException _) {
            throw wrong("`" + text() + "` is not a whole number");
        }
    }

    /** {@code 40}, {@code 40ms}, {@code 2s}, {@code 1m} or ISO-8601. */
    Duration duration() {
        var shortForm = SHORT_DURATION.matcher(text().strip().toLowerCase(Locale.ROOT));
        if (shortForm.matches()) {
            var count = Long.parseLong(shortForm.group(1));
            return switch (Optional.ofNullable(shortForm.group(2)).orElse("ms")) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofMillis(count);
            };
        }
        try {
            return Duration.parse(text());
        } catch (DateTimeParseException _) {
            throw wrong("`" + text() + "` is not a duration; write 40ms, 2s or PT2S");
        }
    }

    Pattern pattern() {
        try {
            return Pattern.compile(text());
        } catch (PatternSyntaxException broken) {
            throw wrong("`" + text() + "` is not a regular expression: " + broken.getDescription());
        }
    }

    JsonNode json() {
        return switch (node) {
            case MappingNode _ -> {
                var object = NODES.objectNode();
                fields().forEach((key, value) -> object.set(key, value.json()));
                yield object;
            }
            case SequenceNode _ -> {
                var array = NODES.arrayNode();
                items().forEach(item -> array.add(item.json()));
                yield array;
            }
            default -> scalar();
        };
    }

    private JsonNode scalar() {
        var tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return NODES.numberNode(Long.parseLong(text()));
        }
        if (tag.equals(Tag.FLOAT)) {
            return NODES.numberNode(Double.parseDouble(text()));
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text()));
        }
        return tag.equals(Tag.NULL) ? NODES.nullNode() : NODES.textNode(text());
    }

    private ScriptNode keyAt(String key) {
        return ((MappingNode) node).getValue().stream()
                .map(tuple -> new ScriptNode(file, tuple.getKeyNode()))
                .filter(candidate -> candidate.text().equals(key))
                .findFirst()
                .orElse(this);
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1)).orElse("");
    }
}
