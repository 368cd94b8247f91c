package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/** Which of the six tools a persona may use: those it lists, or all where it lists none, less those it forbids itself. */
final class ToolList {
    static final List<String> KNOWN = List.of("Read", "Write", "Edit", "Bash", "Glob", "Grep");

    private ToolList() {}

    static List<String> of(FrontMatter matter, Findings findings) {
        Set<String> allowed = matter.field("tools").map(field -> allowed(field, findings)).orElseGet(() -> Set.copyOf(KNOWN));
        Set<String> forbidden = matter.field("disallowedTools").map(field -> forbidden(field, findings)).orElseGet(Set::of);
        return KNOWN.stream().filter(allowed::contains).filter(tool -> !forbidden.contains(tool)).toList();
    }

    private static Set<String> allowed(Field field, Findings findings) {
        List<String> entries = entries(field);
        if (entries.contains("*")) {
            return Set.copyOf(KNOWN);
        }
        Set<String> named = named(field, findings);
        if (named.isEmpty() && !entries.isEmpty()) {
            findings.refuse(field, "none of its tools exists here", "name some of " + String.join(", ", KNOWN)
                    + ", or leave tools out for all of them");
        }
        return named;
    }

    /** A tool that is forbidden for some inputs is forbidden for all: rules for inputs are not read here, and leaving one out would allow more. */
    private static Set<String> forbidden(Field field, Findings findings) {
        var whole = new HashSet<String>();
        for (String entry : entries(field)) {
            KNOWN.stream().filter(tool -> entry.startsWith(tool + "(")).forEach(tool -> {
                findings.warn(field, "\"" + entry + "\" forbids " + tool + " altogether here");
                whole.add(tool);
            });
        }
        whole.addAll(named(field, findings));
        return whole;
    }

    private static Set<String> named(Field field, Findings findings) {
        if (field.shape() == Shape.OTHER) {
            findings.refuse(field, "the tools are no list", "write them on one line, with commas between");
        }
        var named = new HashSet<String>();
        for (String entry : entries(field)) {
            Optional<String> known = KNOWN.stream().filter(entry::equalsIgnoreCase).findFirst();
            if (known.isEmpty()) {
                findings.warn(field, "\"" + entry + "\" does not exist here, left out");
            } else {
                known.filter(tool -> !tool.equals(entry))
                        .ifPresent(tool -> findings.warn(field, "\"" + entry + "\" read as " + tool));
                named.add(known.get());
            }
        }
        return named;
    }

    /** By commas outside parentheses: {@code Agent(a, b), Read} are two. */
    private static List<String> entries(Field field) {
        var entries = new ArrayList<String>();
        for (String value : field.values()) {
            int depth = 0;
            int start = 0;
            for (int i = 0; i <= value.length(); i++) {
                char c = i < value.length() ? value.charAt(i) : ',';
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (c == ',' && (depth <= 0 || i == value.length())) {
                    entries.add(value.substring(start, i).strip());
                    start = i + 1;
                }
            }
        }
        entries.removeIf(String::isEmpty);
        return entries;
    }
}
