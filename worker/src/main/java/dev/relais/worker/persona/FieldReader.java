package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/** Folds YAML events into top-level fields. Depth 1 is inside the document's mapping, depth 2 inside a field's list. */
final class FieldReader {
    private static final int DEPTH = 64;

    private final int firstLine;
    private final Findings findings;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<String> values = new ArrayList<>();
    private @Nullable String key;
    private @Nullable Event valueStart;
    private Shape shape = Shape.TEXT;
    private int depth;

    FieldReader(int firstLine, Findings findings) {
        this.firstLine = firstLine;
        this.findings = findings;
    }

    Map<String, Field> fields() {
        return fields;
    }

    void accept(Event event) {
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
            notAMapping(event);
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
            notAMapping(event);
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
            findings.refuse(line(event), column(event), "the front matter nests deeper than " + DEPTH,
                    "leave the field out: no deep one is read");
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
        valueStart = at;
        values.clear();
    }

    private void end() {
        String name = key == null ? "?" : key;
        var field = new Field(name, line(valueStart), column(valueStart), shape, values);
        if (fields.putIfAbsent(name, field) != null) {
            findings.refuse(field, "\"" + name + "\" stands twice", "keep one of the two");
        }
        key = null;
        values.clear();
    }

    private void notAMapping(Event event) {
        findings.refuse(line(event), column(event), "the front matter holds no fields", "write one \"name: value\" a line");
    }

    private int line(@Nullable Event event) {
        return event == null ? firstLine : event.getStartMark().map(mark -> mark.getLine() + firstLine).orElse(firstLine);
    }

    private static int column(@Nullable Event event) {
        return event == null ? 1 : event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }
}
