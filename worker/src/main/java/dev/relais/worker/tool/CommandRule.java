package dev.relais.worker.tool;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/** Which commands a persona with {@code Bash(npm test *)} may run: those of which each part matches one of its patterns. What cannot be taken apart does not run. */
public record CommandRule(List<String> patterns) implements CallGuard {
    private static final String BASH = "Bash";
    private static final Set<String> WORDS_BEFORE = Set.of("{", "!", "if", "then", "elif", "else", "while", "until", "do");
    private static final Set<String> WORDS_ALONE = Set.of("}", "fi", "done");

    public CommandRule {
        patterns = List.copyOf(patterns);
    }

    @Override
    public Optional<String> refusal(String tool, JsonNode input) {
        return tool.equals(BASH) && !patterns.isEmpty() ? refusal(input.path("command").asText()) : Optional.empty();
    }

    /** What to tell the model where the script must not run. */
    Optional<String> refusal(String script) {
        return switch (ShellScript.split(script)) {
            case ShellScript.Unreadable(String reason) -> Optional.of("This command was not run: " + reason + ". " + allowed());
            case ShellScript.Parts(List<String> parts) -> parts.stream().map(CommandRule::command)
                    .filter(part -> !part.isEmpty() && !matches(part)).findFirst()
                    .map(part -> "This command was not run: \"" + part + "\" is not allowed. " + allowed());
        };
    }

    private String allowed() {
        return "Bash runs only what matches "
                + patterns.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(" or "))
                + ", and every part of a command must: those between && || ; | & and line ends, and those in ( ), $( ) and backticks."
                + " Call it with such commands alone, and use the other tools for the rest.";
    }

    private boolean matches(String part) {
        String unwrapped = CommandWrapper.unwrapped(part);
        return patterns.stream().anyMatch(pattern -> CommandPattern.matches(pattern, part)
                || CommandPattern.matches(pattern, unwrapped));
    }

    /** Without the shell's own words: a loop over words and the frame of an if do nothing themselves. */
    private static String command(String part) {
        String rest = part;
        while (true) {
            int blank = rest.indexOf(' ');
            String first = blank < 0 ? rest : rest.substring(0, blank);
            if (WORDS_ALONE.contains(rest) || isLoopHead(rest)) {
                return "";
            }
            if (!WORDS_BEFORE.contains(first)) {
                return rest;
            }
            rest = blank < 0 ? "" : rest.substring(blank + 1);
        }
    }

    private static boolean isLoopHead(String part) {
        String[] words = part.split(" ", 4);
        return words.length >= 3 && words[0].equals("for") && words[2].equals("in")
                && words[1].chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }
}
