package dev.relais.worker.toolkit;

import java.util.List;
import java.util.Set;

/** Whether a command's exit code is an error. Searches and comparisons end with 1 where they find nothing, or a difference. */
final class ExitRule {
    private static final Set<String> ONE_IS_AN_ANSWER = Set.of("grep", "egrep", "fgrep", "rg", "find", "diff", "cmp", "test", "[",
            "[[");
    private static final Set<String> GIT_ANSWERS = Set.of("diff", "grep");
    private static final Set<String> WRAPPERS = Set.of("time", "nice", "nohup", "stdbuf", "command", "env", "timeout", "!");

    private ExitRule() {}

    static boolean isError(String script, int code) {
        return code != 0 && !(code == 1 && isAnswer(lastCommand(script)));
    }

    private static boolean isAnswer(List<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        return ONE_IS_AN_ANSWER.contains(program)
                || (program.equals("git") && words.size() > 1 && GIT_ANSWERS.contains(words.get(1)));
    }

    /** The words of the simple command that decides the exit code. A quoted separator may mislead it: then an answer counts as an error. */
    private static List<String> lastCommand(String script) {
        String plain = script.replaceAll("[0-9]*>&[0-9-]+|&>>?", " ").strip();
        String[] commands = plain.split("\\|\\||&&|[|;&\\n]", -1);
        String last = commands[commands.length - 1].strip();
        List<String> words = List.of(last.split("\\s+", -1));
        int first = 0;
        while (first < words.size() && isPrefix(words, first)) {
            first++;
        }
        return words.subList(first, words.size());
    }

    private static boolean isPrefix(List<String> words, int at) {
        String word = words.get(at);
        boolean afterWrapper = at > 0 && (word.startsWith("-") || word.matches("[0-9.]+[smhd]?"));
        return WRAPPERS.contains(word) || word.matches("[A-Za-z_][A-Za-z0-9_]*=.*") || afterWrapper;
    }
}
