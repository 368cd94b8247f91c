package dev.relais.worker.persona;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A persona file, split: strict YAML above, the system prompt below.
 *
 * @param body everything after the closing fence
 */
record FrontMatter(Map<String, Field> fields, String body) {
    /** Longest front matter, in characters; the longest persona of the census, prompt and all, has 63,000. */
    static final int LIMIT = 65_536;

    private static final String FENCE = "---";

    FrontMatter {
        fields = Map.copyOf(fields);
    }

    /**
     * One top-level field.
     *
     * @param line of the value in the file, from 1
     * @param values one of a text, any number of a list; what nests deeper is not kept
     */
    record Field(String name, int line, int column, Shape shape, List<String> values) {
        Field {
            values = List.copyOf(values);
        }

        String text() {
            return String.join(", ", values).strip();
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
        int start = 0;
        int line = 1;
        while (start < file.length() && Character.isWhitespace(file.charAt(start))) {
            line += file.charAt(start) == '\n' ? 1 : 0;
            start++;
        }
        int firstEnd = endOfLine(file, start);
        if (!isFence(file, start, firstEnd)) {
            findings.refuse(line, 1, "the file does not begin with front matter",
                    "begin it with a line \"---\", then name: and description:, then another line \"---\"");
            return new FrontMatter(Map.of(), file);
        }
        int yamlStart = Math.min(firstEnd + 1, file.length());
        for (int at = yamlStart; at < file.length(); at = endOfLine(file, at) + 1) {
            int end = endOfLine(file, at);
            if (isFence(file, at, end)) {
                String body = file.substring(Math.min(end + 1, file.length()));
                return new FrontMatter(fields(file.substring(yamlStart, at), line + 1, findings), body);
            }
        }
        findings.refuse(line, 1, "the front matter that begins here has no end", "put a line \"---\" before the system prompt");
        return new FrontMatter(Map.of(), file);
    }

    private static boolean isFence(String file, int start, int end) {
        return file.substring(start, end).stripTrailing().equals(FENCE);
    }

    private static int endOfLine(String file, int from) {
        int end = file.indexOf('\n', from);
        return end < 0 ? file.length() : end;
    }

    private static Map<String, Field> fields(String yaml, int firstLine, Findings findings) {
        if (yaml.length() > LIMIT) {
            findings.refuse(firstLine, 1, "the front matter is longer than " + LIMIT + " characters",
                    "move long text below the second \"---\": the body is the system prompt");
            return Map.of();
        }
        var reader = new FieldReader(firstLine, findings);
        try {
            // Events, not a tree: hostile nesting costs no stack, and every place is at hand.
            for (Event event : new Parse(LoadSettings.builder().setLabel("front matter").build()).parseString(yaml)) {
                reader.accept(event);
                if (findings.refusal().isPresent()) {
                    break;
                }
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + firstLine).orElse(firstLine);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            findings.refuse(line, column, notYaml(e.getProblem()), mend(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            findings.refuse(firstLine, 1, notYaml(e.getMessage()), mend(String.valueOf(e.getMessage())));
        }
        return reader.fields();
    }

    private static String notYaml(@Nullable String problem) {
        return "the front matter is not YAML: " + String.valueOf(problem).strip().replace('\n', ' ');
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
}
