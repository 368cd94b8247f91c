package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Where a file holds nearly what an Edit looked for, and in what they differ: told, never taken. */
final class NearMissRule {
    private static final int LONGEST = 4 << 20;
    private static final int QUOTED_CHARS = 120;

    private NearMissRule() {}

    /** A way in which two lines are nearly the same. */
    private record Likeness(String difference, UnaryOperator<String> form) {}

    private static final List<Likeness> LIKENESSES = List.of(
            new Likeness("blanks at the lines' ends", String::stripTrailing),
            new Likeness("indentation", String::strip),
            new Likeness("blanks and tabs", line -> line.strip().replaceAll("[\\s\\u00A0\\u202F]+", " ")),
            new Likeness("quotation marks, dashes or other typographic characters", NearMissRule::plain),
            new Likeness("upper and lower case", line -> plain(line).toLowerCase(Locale.ROOT)));

    /** @return a sentence, with a blank before it; empty where nothing is near */
    static String hint(String content, String wanted) {
        if (content.length() > LONGEST || wanted.length() > LONGEST) {
            return "";
        }
        if (wanted.matches("(?s)\\s*\\d+\\t.*")) {
            return " old_string begins with a line number as Read shows it: leave the numbers and tabs out.";
        }
        if (wanted.contains("\\n") && content.contains(wanted.replace("\\n", "\n"))) {
            return " old_string holds a backslash and an n where the file has a line end.";
        }
        List<String> lines = Lines.of(content);
        List<String> sought = Lines.of(wanted);
        for (Likeness likeness : LIKENESSES) {
            int at = find(forms(lines, likeness), forms(sought, likeness));
            if (at >= 0) {
                return " " + place(at, sought.size()) + " differs in " + likeness.difference() + " alone: "
                        + difference(lines, sought, at);
            }
        }
        return begun(lines, sought);
    }

    private static String place(int at, int lines) {
        return lines == 1 ? "Line " + (at + 1) : "The text in the lines " + (at + 1) + " to " + (at + lines);
    }

    /** What is inside a line may stand anywhere in it; of several lines, the first may begin and the last may end within one. */
    private static int find(List<String> lines, List<String> sought) {
        if (sought.isEmpty() || sought.stream().allMatch(String::isBlank)) {
            return -1;
        }
        for (int at = 0; at + sought.size() <= lines.size(); at++) {
            if (fits(lines, sought, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean fits(List<String> lines, List<String> sought, int at) {
        int last = sought.size() - 1;
        if (last == 0) {
            return lines.get(at).contains(sought.getFirst());
        }
        if (!lines.get(at).endsWith(sought.getFirst()) || !lines.get(at + last).startsWith(sought.getLast())) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            if (!lines.get(at + i).equals(sought.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String difference(List<String> lines, List<String> sought, int at) {
        for (int i = 0; i < sought.size(); i++) {
            boolean whole = i > 0 && i < sought.size() - 1;
            if (whole ? !lines.get(at + i).equals(sought.get(i)) : !lines.get(at + i).contains(sought.get(i))) {
                return "line " + (at + i + 1) + " is " + quoted(lines.get(at + i)) + ", old_string has " + quoted(sought.get(i))
                        + ". Give it exactly as the file has it.";
            }
        }
        return "look at it again with Read.";
    }

    private static String begun(List<String> lines, List<String> sought) {
        List<String> wanted = sought.stream().map(String::strip).toList();
        if (wanted.size() < 2 || wanted.getFirst().length() < 3) {
            return "";
        }
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).strip().equals(wanted.getFirst())) {
                int same = 1;
                while (same < wanted.size() && at + same < lines.size()
                        && lines.get(at + same).strip().equals(wanted.get(same))) {
                    same++;
                }
                String there = at + same < lines.size() ? quoted(lines.get(at + same)) : "the end of the file";
                return " It begins as line " + (at + 1) + " does, but line " + (at + same + 1) + " is " + there
                        + (same < sought.size() ? ", old_string has " + quoted(sought.get(same)) : "") + ".";
            }
        }
        return "";
    }

    private static List<String> forms(List<String> lines, Likeness likeness) {
        var forms = new ArrayList<String>(lines.size());
        lines.forEach(line -> forms.add(likeness.form().apply(line)));
        return forms;
    }

    private static String plain(String line) {
        return line.strip().replaceAll("[\\s\\u00A0\\u202F]+", " ").replaceAll("[\u2018\u2019\u201A\u2032`\u00B4]", "'")
                .replaceAll("[\u201C\u201D\u201E\u2033\u00AB\u00BB]", "\"").replaceAll("[\u2010-\u2015\u2212]", "-")
                .replace("\u2026", "...");
    }

    private static String quoted(String line) {
        String cut = line.length() <= QUOTED_CHARS ? line : line.substring(0, QUOTED_CHARS) + "…";
        return "\"" + Content.shown(cut).replace("\t", "\\t") + "\"";
    }
}
