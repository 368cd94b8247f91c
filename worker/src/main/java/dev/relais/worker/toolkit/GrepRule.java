package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** What a pattern finds in one text, as ripgrep would print it. Time is linear in the text, whatever the pattern. */
final class GrepRule {
    private static final int LINE_CHARS = 500;
    private static final String BETWEEN = "--";

    private final Pattern pattern;
    private final Print print;

    GrepRule(Pattern pattern, Print print) {
        this.pattern = pattern;
        this.print = print;
    }

    /**
     * @param before lines of context
     * @param after lines of context
     * @param onlyMatching print what matched instead of its line
     * @param multiline whether a match may span lines
     */
    record Print(int before, int after, boolean numbers, boolean onlyMatching, boolean multiline) {}

    /** How many matches: of lines, as ripgrep counts, or of spans where a match may span lines. */
    int count(String text) {
        return print.multiline() ? spans(text).size() : (int) Lines.of(text).stream().filter(this::isFound).count();
    }

    boolean isIn(String text) {
        return print.multiline() ? pattern.matcher(text).find() : Lines.of(text).stream().anyMatch(this::isFound);
    }

    /** @param name of the file, before each line */
    List<String> lines(String name, String text) {
        List<String> lines = Lines.of(text);
        if (print.onlyMatching()) {
            return onlyMatching(name, text, lines);
        }
        boolean[] matches = new boolean[lines.size()];
        if (print.multiline()) {
            int[] starts = starts(text, lines.size());
            for (Span span : spans(text)) {
                for (int i = lineAt(starts, span.from()); i <= lineAt(starts, Math.max(span.from(), span.to() - 1)); i++) {
                    matches[i] = true;
                }
            }
        } else {
            for (int i = 0; i < lines.size(); i++) {
                matches[i] = isFound(lines.get(i));
            }
        }
        return withContext(name, lines, matches);
    }

    private List<String> withContext(String name, List<String> lines, boolean[] matches) {
        var shown = new TreeMap<Integer, String>();
        for (int i = 0; i < matches.length; i++) {
            if (matches[i]) {
                for (int j = Math.max(0, i - print.before()); j <= Math.min(lines.size() - 1, i + print.after()); j++) {
                    shown.put(j, line(name, j, matches[j] ? ":" : "-", lines.get(j)));
                }
            }
        }
        var printed = new ArrayList<String>();
        int last = -1;
        for (var entry : shown.entrySet()) {
            boolean gap = last >= 0 && entry.getKey() > last + 1 && print.before() + print.after() > 0;
            if (gap) {
                printed.add(BETWEEN);
            }
            printed.add(entry.getValue());
            last = entry.getKey();
        }
        return printed;
    }

    private List<String> onlyMatching(String name, String text, List<String> lines) {
        var printed = new ArrayList<String>();
        if (print.multiline()) {
            int[] starts = starts(text, lines.size());
            for (Span span : spans(text)) {
                int first = lineAt(starts, span.from());
                List<String> parts = Lines.of(text.substring(span.from(), span.to()));
                for (int i = 0; i < parts.size(); i++) {
                    printed.add(line(name, first + i, ":", parts.get(i)));
                }
            }
            return printed;
        }
        for (int i = 0; i < lines.size(); i++) {
            for (Matcher matcher = pattern.matcher(lines.get(i)); matcher.find();) {
                if (matcher.end() > matcher.start()) {
                    printed.add(line(name, i, ":", matcher.group()));
                }
            }
        }
        return printed;
    }

    private record Span(int from, int to) {}

    private List<Span> spans(String text) {
        var spans = new ArrayList<Span>();
        for (Matcher matcher = pattern.matcher(text); matcher.find();) {
            if (matcher.start() < text.length()) {
                spans.add(new Span(matcher.start(), matcher.end()));
            }
        }
        return spans;
    }

    private static int[] starts(String text, int lines) {
        int[] starts = new int[lines];
        int from = 0;
        for (int i = 0; i < lines; i++) {
            starts[i] = from;
            from = text.indexOf('\n', from) + 1;
        }
        return starts;
    }

    private static int lineAt(int[] starts, int at) {
        int found = Arrays.binarySearch(starts, at);
        return found >= 0 ? found : -found - 2;
    }

    private boolean isFound(String line) {
        return pattern.matcher(line).find();
    }

    private String line(String name, int index, String sign, String text) {
        String number = print.numbers() ? index + 1 + sign : "";
        return name + sign + number + (text.length() <= LINE_CHARS ? text : text.substring(0, LINE_CHARS) + "… [line clipped]");
    }
}
