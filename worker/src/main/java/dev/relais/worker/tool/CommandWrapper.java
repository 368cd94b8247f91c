package dev.relais.worker.tool;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that only run another one: a pattern is held against that. */
final class CommandWrapper {
    /** By their options that take a word of their own. */
    private static final Map<String, Set<String>> OPTIONS = Map.of("timeout", Set.of("-k", "-s", "--signal", "--kill-after"),
            "time", Set.of(), "nice", Set.of("-n", "--adjustment"), "nohup", Set.of(), "stdbuf", Set.of("-i", "-o", "-e"));

    private CommandWrapper() {}

    static String unwrapped(String command) {
        List<String> words = List.of(command.split(" ", -1));
        int at = 0;
        while (at < words.size() && OPTIONS.containsKey(words.get(at))) {
            String wrapper = words.get(at);
            at++;
            while (at < words.size() && words.get(at).startsWith("-")) {
                at += OPTIONS.getOrDefault(wrapper, Set.of()).contains(words.get(at)) ? 2 : 1;
            }
            at += wrapper.equals("timeout") ? 1 : 0;
        }
        return at >= words.size() ? "" : String.join(" ", words.subList(at, words.size()));
    }
}
