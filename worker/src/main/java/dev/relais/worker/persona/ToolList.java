package dev.relais.worker.persona;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.relais.worker.persona.FrontMatter.Field;
import dev.relais.worker.persona.FrontMatter.Shape;

/**
 * Which of the six tools a persona may use: those it lists, or all where it lists none, less those it forbids itself.
 *
 * @param tools in the order of {@link #KNOWN}
 * @param commands patterns of which each part of a command must match one; empty where any command will do
 */
record ToolList(List<String> tools, List<String> commands) {
    static final List<String> KNOWN = List.of("Read", "Write", "Edit", "Bash", "Glob", "Grep");

    private static final String BASH = "Bash";

    /** Tools of Claude Code that a worker has not, which are no slips of the pen. */
    private static final Set<String> ELSEWHERE = Set.of("task", "agent", "websearch", "webfetch", "todowrite", "todoread",
            "notebookedit", "notebookread", "multiedit", "ls", "bashoutput", "killshell", "killbash", "skill", "slashcommand",
            "exitplanmode", "askuserquestion", "lsp", "toolsearch", "monitor", "list", "search", "write_file", "read_file");

    ToolList {
        tools = List.copyOf(tools);
        commands = List.copyOf(commands);
    }

    static ToolList of(FrontMatter matter, Findings findings) {
        Optional<Field> listed = matter.field("tools");
        Granted granted = listed.map(field -> granted(field, findings)).orElseGet(Granted::all);
        Set<String> forbidden = matter.field("disallowedTools").map(field -> forbidden(field, findings)).orElseGet(Set::of);
        List<String> tools = KNOWN.stream().filter(granted.tools::contains).filter(tool -> !forbidden.contains(tool)).toList();
        if (listed.isPresent() && tools.isEmpty() && !granted.tools.isEmpty()) {
            findings.refuse(listed.get(), "disallowedTools takes away every tool that it lists",
                    "leave one of the two lists out, or name a tool that stays");
        }
        return new ToolList(tools, granted.isAnyCommand || !tools.contains(BASH) ? List.of() : List.copyOf(granted.commands));
    }

    private static final class Granted {
        private final Set<String> tools = new HashSet<>();
        private final Set<String> commands = new LinkedHashSet<>();
        private boolean isAnyCommand;

        static Granted all() {
            var all = new Granted();
            all.tools.addAll(KNOWN);
            all.isAnyCommand = true;
            return all;
        }
    }

    private static Granted granted(Field field, Findings findings) {
        List<ToolEntry> entries = entries(field, findings);
        var granted = new Granted();
        for (ToolEntry entry : entries) {
            if (entry.written().equals("*")) {
                return Granted.all();
            }
            known(entry, field, findings).ifPresent(tool -> grant(tool, entry, field, granted, findings));
        }
        if (entries.isEmpty()) {
            findings.warn(field, "the list is empty: the persona has no tools");
        } else if (granted.tools.isEmpty()) {
            findings.refuse(field, "none of its tools exists here", "name some of " + String.join(", ", KNOWN)
                    + ", or leave tools out for all of them");
        }
        return granted;
    }

    private static void grant(String tool, ToolEntry entry, Field field, Granted granted, Findings findings) {
        boolean isWhole = entry.rule().isEmpty() || entry.rule().equals("*");
        if (tool.equals(BASH) && !isWhole) {
            granted.commands.add(entry.rule());
        } else if (!isWhole) {
            findings.warn(field, "\"" + entry.written() + "\" is left out: only Bash can be allowed for some inputs");
            return;
        }
        granted.isAnyCommand |= tool.equals(BASH) && isWhole;
        granted.tools.add(tool);
    }

    /** A tool that is forbidden for some inputs is forbidden for all: what a shell can be talked into has no end, and leaving the rule out would allow more. */
    private static Set<String> forbidden(Field field, Findings findings) {
        var whole = new HashSet<String>();
        for (ToolEntry entry : entries(field, findings)) {
            if (entry.written().equals("*")) {
                return Set.copyOf(KNOWN);
            }
            known(entry, field, findings).ifPresent(tool -> {
                if (!entry.rule().isEmpty()) {
                    findings.warn(field, "\"" + entry.written() + "\" forbids " + tool + " altogether here");
                }
                whole.add(tool);
            });
        }
        return whole;
    }

    private static List<ToolEntry> entries(Field field, Findings findings) {
        if (field.shape() == Shape.OTHER) {
            findings.refuse(field, "the tools are no list", "write them on one line, with commas between");
            return List.of();
        }
        List<ToolEntry> entries = ToolEntry.of(field);
        entries.stream().filter(entry -> !entry.isClosed()).forEach(entry -> findings.refuse(field,
                "the parenthesis of \"" + entry.written() + "\" is not closed", "write Bash(npm test *), Read"));
        return entries;
    }

    private static Optional<String> known(ToolEntry entry, Field field, Findings findings) {
        String name = entry.name();
        Optional<String> known = KNOWN.stream().filter(name::equalsIgnoreCase).findFirst();
        if (known.isPresent()) {
            known.filter(tool -> !tool.equals(name))
                    .ifPresent(tool -> findings.mended(field, "\"" + name + "\" is read as " + tool));
            return known;
        }
        boolean isElsewhere = name.startsWith("mcp__") || ELSEWHERE.contains(name.toLowerCase(Locale.ROOT));
        Optional<String> meant = isElsewhere ? Optional.empty() : Nearness.nearest(name, KNOWN);
        if (meant.isPresent()) {
            findings.refuse(field, "\"" + name + "\" is no tool", "write " + meant.get() + " if that is meant, else take it out");
        } else {
            findings.warn(field, "\"" + entry.written() + "\" does not exist here, left out");
        }
        return Optional.empty();
    }
}
