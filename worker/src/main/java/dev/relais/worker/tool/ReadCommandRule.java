package dev.relais.worker.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which file a shell command showed the model: {@code cat}, {@code head}, {@code tail}, {@code sed -n}, {@code grep} or {@code rg} of one. */
public final class ReadCommandRule {
    private static final Set<String> SHOWS = Set.of("cat", "head", "tail");
    private static final Set<String> SEARCHES = Set.of("grep", "egrep", "fgrep", "rg");
    private static final Set<String> TAKES_A_WORD = Set.of("-n", "-c", "-A", "-B", "-C", "-m", "-e", "-g", "-t", "--lines",
            "--bytes");
    private static final Set<String> SHOWS_NO_TEXT = Set.of("-l", "-L", "-c", "-q", "--count", "--quiet", "--files-with-matches",
            "--files-without-match");

    private ReadCommandRule() {}

    /** @return the path as the command names it; empty where it is none of these, or not of exactly one file */
    public static Optional<String> file(String script) {
        if (!(ShellScript.split(script) instanceof ShellScript.Parts(List<String> parts)) || parts.size() != 1) {
            return Optional.empty();
        }
        List<String> words = words(parts.getFirst());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String program = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        if (SHOWS.contains(program)) {
            return only(operands(rest, program.equals("cat") ? Set.of() : TAKES_A_WORD), 0);
        }
        if (program.equals("sed") && rest.contains("-n")) {
            return only(operands(rest, Set.of("-e")), rest.contains("-e") ? 0 : 1);
        }
        if (SEARCHES.contains(program) && rest.stream().noneMatch(SHOWS_NO_TEXT::contains)) {
            return only(operands(rest, program.equals("rg") ? without("-n") : without("-n", "-c")), rest.contains("-e") ? 0 : 1);
        }
        return Optional.empty();
    }

    private static Set<String> without(String... options) {
        var some = new java.util.HashSet<>(TAKES_A_WORD);
        some.removeAll(List.of(options));
        return some;
    }

    private static Optional<String> only(List<String> operands, int before) {
        return operands.size() == before + 1 ? Optional.of(operands.getLast()) : Optional.empty();
    }

    private static List<String> operands(List<String> words, Set<String> takesAWord) {
        var operands = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (takesAWord.contains(word)) {
                i++;
            } else if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
            }
        }
        return operands;
    }

    /** Without their quotes; none where the shell would make more of a word than it says. */
    private static List<String> words(String command) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        boolean begun = false;
        for (int i = 0; i < command.length(); i++) {
            char each = command.charAt(i);
            if (quote != 0) {
                if (each == quote) {
                    quote = 0;
                } else if (quote == '"' && "$`\\".indexOf(each) >= 0) {
                    return List.of();
                } else {
                    word.append(each);
                }
            } else if (each == '\'' || each == '"') {
                quote = each;
                begun = true;
            } else if (each == ' ') {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else if ("$`\\*?[{~".indexOf(each) >= 0) {
                return List.of();
            } else {
                word.append(each);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
