package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import dev.relais.worker.persona.Finding.Level;
import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/** Folds YAML events into top-level fields. Depth 1 is inside the document's mapping, depth 2 inside a field's list. */
final class FieldReader {
    private static final int DEPTH = 64;

    private final int firstLine;
    private final int indent;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<String> values = new ArrayList<>();
    private @Nullable String key;
    private @Nullable Event keyStart;
    private @Nullable Event valueStart;
    private @Nullable Reading refused;
    private Shape shape = Shape.TEXT;
    private int depth;

    private FieldReader(int firstLine, int indent) {
        this.firstLine = firstLine;
        this.indent = indent;
    }

    /** What strict YAML makes of the lines. */
    sealed interface Reading {
        record Fields(Map<String, Field> fields) implements Reading {
            public Fields {
                fields = Map.copyOf(fields);
            }
        }

        /** It is not YAML, but it may hold fields all the same. */
        record NotYaml(Finding why) implements Reading {}

        /** It is YAML of which nothing can be made. */
        record Hopeless(Finding why) implements Reading {}
    }

    static Reading read(List<String> lines, int firstLine, int indent, Effort effort) {
        var reader = new FieldReader(firstLine, indent);
        String yaml = String.join("\n", lines) + "\n";
        effort.spend(yaml.length());
        try {
            // Events, not a tree: hostile nesting costs no stack, and every place is at hand.
            for (Event event : new Parse(LoadSettings.builder().setLabel("front matter").build()).parseString(yaml)) {
                effort.spend(1);
                reader.accept(event);
                if (reader.refused != null) {
                    return reader.refused;
                }
            }
            return new Reading.Fields(reader.fields);
        } catch (MarkedYamlEngineException e) {
            return new Reading.NotYaml(reader.notYaml(e.getProblemMark(), e.getProblem()));
        } catch (YamlEngineException e) {
            return new Reading.NotYaml(reader.notYaml(Optional.empty(), e.getMessage()));
        }
    }

    private Finding notYaml(Optional<Mark> at, @Nullable String problem) {
        String said = String.valueOf(problem).strip().replace('\n', ' ');
        return new Finding(Level.ERROR, at.map(mark -> mark.getLine() + firstLine).orElse(firstLine),
                at.map(mark -> mark.getColumn() + 1 + indent).orElse(1), "the front matter is not YAML: " + said, mend(said));
    }

    private static String mend(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "a value with \": \" in it stands in quotes, or below \"|\" on indented lines of its own";
        }
        if (problem.contains("alias") || problem.contains("anchor")) {
            return "a value that begins with * or & stands in quotes: \"*\"";
        }
        if (problem.contains("\\t") || problem.contains("TAB")) {
            return "indent with spaces, not with tabs";
        }
        if (problem.contains("special characters")) {
            return "remove the control character";
        }
        return "put the value in double quotes, and indent the lines that continue it";
    }

    private void accept(Event event) {
        switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> other(event);
            case MappingStart, SequenceStart -> open(event);
            case MappingEnd, SequenceEnd -> close();
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {
                // Nothing of a field.
            }
        }
    }

    private void scalar(ScalarEvent event) {
        if (depth == 0) {
            refuse(event, true, "the front matter holds no fields", "write one \"name: value\" a line");
        } else if (depth == 1 && key == null) {
            begin(event.getValue(), event);
        } else if (depth == 1) {
            shape = Shape.TEXT;
            valueStart = event;
            values.add(event.getValue());
            end();
        } else if (depth == 2) {
            values.add(event.getValue());
        }
    }

    private void open(Event event) {
        boolean isList = event.getEventId() == Event.ID.SequenceStart;
        if (depth == 0 && isList) {
            refuse(event, false, "the front matter holds no fields", "write one \"name: value\" a line");
        } else if (depth == 1 && key == null) {
            begin("?", event);
        }
        if (depth == 1) {
            shape = isList ? Shape.LIST : Shape.OTHER;
            valueStart = event;
        } else if (depth > 1) {
            shape = Shape.OTHER;
        }
        depth++;
        if (depth > DEPTH) {
            // The scanner's time grows with the square of the depth.
            refuse(event, false, "the front matter nests deeper than " + DEPTH, "leave the field out: no deep one is read");
        }
    }

    private void close() {
        depth--;
        if (depth == 1) {
            end();
        }
    }

    private void other(Event event) {
        if (depth == 1 && key == null) {
            begin("?", event);
        } else if (depth == 1) {
            shape = Shape.OTHER;
            valueStart = event;
            end();
        } else {
            shape = Shape.OTHER;
        }
    }

    private void begin(String name, Event at) {
        key = name;
        keyStart = at;
        valueStart = at;
        values.clear();
    }

    private void end() {
        String name = key == null ? "?" : key;
        var field = new Field(name, line(keyStart), line(valueStart), column(valueStart), shape, values);
        if (fields.putIfAbsent(name, field) != null && keyStart != null) {
            refuse(keyStart, false, "\"" + name + "\" stands twice", "keep one of the two");
        }
        key = null;
        values.clear();
    }

    private void refuse(Event at, boolean mayHoldFields, String problem, String mend) {
        var why = new Finding(Level.ERROR, line(at), column(at), problem, mend);
        refused = mayHoldFields ? new Reading.NotYaml(why) : new Reading.Hopeless(why);
    }

    private int line(@Nullable Event event) {
        return event == null ? firstLine : event.getStartMark().map(mark -> mark.getLine() + firstLine).orElse(firstLine);
    }

    private int column(@Nullable Event event) {
        return event == null ? 1 : event.getStartMark().map(mark -> mark.getColumn() + 1 + indent).orElse(1);
    }
}
