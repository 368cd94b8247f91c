package dev.relais.worker.tool;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a model is told that calls a tool which is not there: what does the same here. */
final class NoSuchToolRule {
    private static final Instead EDITOR = new Instead("Use Read to look at a file, Edit to change it and Write to make it.",
            List.of("Read", "Edit", "Write"));
    private static final Instead SHELL = new Instead(
            "Bash runs each command to its end and gives all of its output; nothing goes on in the background.", List.of("Bash"));
    private static final Instead NO_WEB = new Instead(
            "The web cannot be read from here: go on with what the workspace holds, and name in the deliverable what could not be looked up.",
            List.of());
    private static final Instead NO_OTHERS = new Instead(
            "There are no helpers to start: do it in this conversation; several Read, Glob and Grep calls of one reply run side by side.",
            List.of());
    private static final Instead NO_LIST = new Instead(
            "There is no list to keep: write the plan into your reply and go on with the first step.", List.of());
    private static final Instead NO_TALK = new Instead(
            "Nobody reads along. Where Escalate is among the tools it asks another agent; else decide, state it as an assumption in the deliverable, "
                    + "and go on.",
            List.of());

    /** By names that models know from other programs, in lower case. */
    private static final Map<String, Instead> INSTEAD = Map.ofEntries(
            Map.entry("multiedit",
                    new Instead("Use Edit once for each change; several Edit calls may stand in one reply and run in order.",
                            List.of("Edit"))),
            Map.entry("notebookedit", new Instead("A notebook is a JSON file: use Read, then Edit with the cell's JSON text.",
                    List.of("Read", "Edit"))),
            Map.entry("notebookread", new Instead("A notebook is a JSON file: use Read.", List.of("Read"))),
            Map.entry("ls",
                    new Instead("Use Glob with the pattern \"*\" (\"**\" for all below) to list files.", List.of("Glob"))),
            Map.entry("str_replace_editor", EDITOR), Map.entry("str_replace_based_edit_tool", EDITOR),
            Map.entry("apply_patch", EDITOR), Map.entry("bashoutput", SHELL), Map.entry("killshell", SHELL),
            Map.entry("killbash", SHELL), Map.entry("shell", SHELL), Map.entry("webfetch", NO_WEB),
            Map.entry("websearch", NO_WEB),
            Map.entry("task", NO_OTHERS), Map.entry("agent", NO_OTHERS), Map.entry("todowrite", NO_LIST),
            Map.entry("todoread", NO_LIST), Map.entry("askuserquestion", NO_TALK), Map.entry("exitplanmode", NO_TALK));

    private NoSuchToolRule() {}

    /** @param tools that it names: said only where all of them are there */
    private record Instead(String text, List<String> tools) {}

    /** @param known names of the tools that there are, in their order */
    static String told(String name, Collection<String> known) {
        Optional<String> otherCase = known.stream().filter(name::equalsIgnoreCase).findFirst();
        String instead = otherCase.map(right -> " It is called " + right + ".").or(
                () -> Optional.ofNullable(INSTEAD.get(name.toLowerCase(Locale.ROOT)))
                        .filter(each -> known.containsAll(each.tools()))
                        .map(each -> " " + each.text()))
                .orElse("");
        return "No such tool: \"" + name + "\"." + instead + " The tools are: " + String.join(", ", known) + ".";
    }
}
