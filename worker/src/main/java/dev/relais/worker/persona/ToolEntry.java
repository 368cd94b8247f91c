package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.persona.FrontMatter.Field;

/**
 * One entry of a list of tools.
 *
 * @param name before the parenthesis
 * @param rule within the parentheses, or the empty text
 */
record ToolEntry(String name, String rule, boolean isClosed) {
    static List<ToolEntry> of(Field field) {
        return field.values().stream().flatMap(value -> split(value).stream()).map(ToolEntry::of).toList();
    }

    String written() {
        return rule.isEmpty() ? name : name + "(" + rule + ")";
    }

    private static ToolEntry of(String entry) {
        int open = entry.indexOf('(');
        if (open < 0) {
            return new ToolEntry(entry, "", true);
        }
        boolean isClosed = entry.endsWith(")");
        String rule = entry.substring(open + 1, isClosed ? entry.length() - 1 : entry.length()).strip();
        return new ToolEntry(entry.substring(0, open).strip(), rule, isClosed);
    }

    /** By commas and line ends outside parentheses: {@code Agent(a, b), Read} are two. */
    private static List<String> split(String value) {
        var entries = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : '\n';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean isApart = c == '\n' || (c == ',' && depth <= 0);
            if (isApart) {
                entries.addAll(words(bare(value.substring(start, i).strip())));
                start = i + 1;
            }
        }
        entries.removeIf(String::isEmpty);
        return entries;
    }

    /** Names with blanks between instead of commas; a rule has blanks of its own. */
    private static List<String> words(String entry) {
        boolean isNames = entry.indexOf('(') < 0 && entry.chars().noneMatch(c -> c == ':' || c == '/');
        return isNames ? List.of(entry.split(" +", -1)) : List.of(entry);
    }

    private static String bare(String entry) {
        int start = 0;
        int end = entry.length();
        while (start < end && "\"'`-".indexOf(entry.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "\"'`.;".indexOf(entry.charAt(end - 1)) >= 0) {
            end--;
        }
        return entry.substring(start, end).strip();
    }
}
