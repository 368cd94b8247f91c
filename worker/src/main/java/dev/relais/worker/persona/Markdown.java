package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;

/** A Markdown text, line by line, with what a line is part of. Linear, and no more of Markdown than a persona's tables and fences need. */
public final class Markdown {
    private Markdown() {}

    public enum Kind {
        PROSE,
        HEADING,
        FENCE,
        FENCED
    }

    public record Line(Kind kind, String text) {}

    public static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        String open = "";
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            String fence = fence(stripped);
            if (open.isEmpty() && !fence.isEmpty()) {
                open = fence;
                lines.add(new Line(Kind.FENCE, line));
            } else if (open.isEmpty()) {
                lines.add(new Line(stripped.startsWith("#") ? Kind.HEADING : Kind.PROSE, line));
            } else if (fence.startsWith(open) && stripped.equals(fence)) {
                open = "";
                lines.add(new Line(Kind.FENCE, line));
            } else {
                lines.add(new Line(Kind.FENCED, line));
            }
        }
        return lines;
    }

    /** The lines within the first fence after the heading that holds the word, before the next heading; empty where there is none. */
    static String fencedBelow(List<Line> lines, String foldedWord) {
        boolean below = false;
        var fenced = new ArrayList<String>();
        for (Line line : lines) {
            switch (line.kind()) {
                case HEADING -> {
                    if (!fenced.isEmpty()) {
                        return String.join("\n", fenced);
                    }
                    below = Words.fold(line.text()).contains(foldedWord);
                }
                case FENCED -> {
                    if (below) {
                        fenced.add(line.text());
                    }
                }
                case FENCE -> {
                    if (!fenced.isEmpty()) {
                        return String.join("\n", fenced);
                    }
                }
                case PROSE -> {
                    // Says how to use what the fence holds.
                }
            }
        }
        return String.join("\n", fenced);
    }

    /** The cells of a table's row, or none where the line is no row. */
    static List<String> cells(String line) {
        String row = line.strip();
        if (!row.startsWith("|")) {
            return List.of();
        }
        String inner = row.endsWith("|") && row.length() > 1 ? row.substring(1, row.length() - 1) : row.substring(1);
        return List.of(inner.split("\\|", -1)).stream().map(String::strip).toList();
    }

    private static String fence(String stripped) {
        if (!stripped.startsWith("```") && !stripped.startsWith("~~~")) {
            return "";
        }
        int length = 0;
        while (length < stripped.length() && stripped.charAt(length) == stripped.charAt(0)) {
            length++;
        }
        return stripped.substring(0, length);
    }
}
