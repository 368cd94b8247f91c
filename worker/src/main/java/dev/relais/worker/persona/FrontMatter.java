package dev.relais.worker.persona;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.relais.worker.persona.FieldReader.Reading;

/**
 * A persona file, split: fields above, the system prompt below.
 *
 * @param fields by their names as the format spells them
 * @param body everything after the closing fence
 */
record FrontMatter(Map<String, Field> fields, String body) {
    /** Longest front matter, in characters; the longest persona of the census, prompt and all, has 63,000. */
    static final int LIMIT = 65_536;

    FrontMatter {
        fields = Map.copyOf(fields);
    }

    /**
     * One top-level field.
     *
     * @param keyLine of its name in the file, from 1
     * @param line of the value in the file, from 1
     * @param values one of a text, any number of a list; what nests deeper is not kept
     */
    record Field(String name, int keyLine, int line, int column, Shape shape, List<String> values) {
        Field {
            values = List.copyOf(values);
        }

        String text() {
            return String.join(", ", values).strip();
        }

        Field named(String other) {
            return new Field(other, keyLine, line, column, shape, values);
        }
    }

    enum Shape {
        TEXT,
        LIST,
        /** A mapping, an alias, a list of lists: no field that Relais reads has it. */
        OTHER
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Where there is no usable front matter, the findings hold a refusal and the result is empty. */
    static FrontMatter read(String file, Findings findings) {
        return Layout.of(file, findings).map(layout -> read(layout, findings)).orElseGet(() -> new FrontMatter(Map.of(), file));
    }

    private static FrontMatter read(Layout layout, Findings findings) {
        int length = layout.matter().stream().mapToInt(line -> line.length() + 1).sum();
        if (length > LIMIT) {
            findings.refuse(layout.firstLine(), 1, "the front matter is longer than " + LIMIT + " characters",
                    "move long text below the second \"---\": the body is the system prompt");
            return new FrontMatter(Map.of(), layout.body());
        }
        return switch (FieldReader.read(layout.matter(), layout.firstLine(), layout.indent(), findings.effort())) {
            case Reading.Fields(Map<String, Field> fields) when fields.keySet().stream().noneMatch(FrontMatter::isProse) ->
                new FrontMatter(spelled(fields, findings), layout.body());
            case Reading.Fields(Map<String, Field> fields) -> layout.endingAtAHeading(findings)
                    .map(ended -> read(ended, findings))
                    .orElseGet(() -> new FrontMatter(spelled(fields, findings), layout.body()));
            case Reading.Hopeless(Finding why) -> {
                findings.refuse(why.line(), why.column(), why.problem(), why.mend());
                yield new FrontMatter(Map.of(), layout.body());
            }
            case Reading.NotYaml(Finding why) -> {
                Layout meant = layout.endingAtAHeading(findings).orElse(layout);
                Map<String, Field> fields = FieldByField.read(meant, why, findings);
                yield new FrontMatter(spelled(fields, findings), meant.body());
            }
        };
    }

    /** "You review: always." is a field to YAML. */
    private static boolean isProse(String name) {
        return name.strip().indexOf(' ') >= 0;
    }

    /** A mere difference of case is mended; a slip of the pen is not guessed at, for it decides what an agent may do. */
    private static Map<String, Field> spelled(Map<String, Field> fields, Findings findings) {
        var spelled = new HashMap<String, Field>();
        for (Field field : fields.values()) {
            String name = switch (KnownFields.of(field.name())) {
                case KnownFields.Known(String known) -> {
                    if (!known.equals(field.name())) {
                        findings.mended(field.keyLine(), 1, "\"" + field.name() + "\" is read as " + known);
                    }
                    yield known;
                }
                case KnownFields.Slip(String meant) -> {
                    findings.refuse(field.keyLine(), 1, "\"" + field.name() + "\" is no field of a persona",
                            "write \"" + meant + ":\" if that is meant, else take the line out");
                    yield field.name();
                }
                case KnownFields.Unknown _ -> field.name();
            };
            if (spelled.putIfAbsent(name, field.named(name)) != null) {
                findings.refuse(field.keyLine(), 1, "\"" + name + "\" stands twice", "keep one of the two");
            }
        }
        return spelled;
    }
}
