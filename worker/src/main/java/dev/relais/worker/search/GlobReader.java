package dev.relais.worker.search;

import com.google.re2j.Pattern;

/** A glob as a regular expression: {@code *} and {@code ?} stay within a name, {@code **} as a whole name stands for any directories. */
final class GlobReader {
    private final String glob;
    private final boolean braces;
    private int at;
    private int open;

    GlobReader(String glob, boolean braces) {
        this.glob = glob;
        this.braces = braces;
    }

    static final class Unclosed extends Exception {
        private static final long serialVersionUID = 1L;

        Unclosed(String message) {
            super(message, null, false, false);
        }
    }

    String regex() throws Unclosed {
        var regex = new StringBuilder();
        while (at < glob.length()) {
            char each = glob.charAt(at++);
            switch (each) {
                case '*' -> regex.append(star());
                case '/' -> regex.append(slash());
                case '?' -> regex.append("[^/]");
                case '[' -> regex.append(characterClass());
                case '{' -> regex.append(braces ? group() : "\\{");
                case '}' -> regex.append(open > 0 && open-- > 0 ? ")" : "\\}");
                case ',' -> regex.append(open > 0 ? "|" : ",");
                case '\\' -> regex.append(Pattern.quote(at < glob.length() ? String.valueOf(glob.charAt(at++)) : "\\"));
                default -> regex.append(Pattern.quote(String.valueOf(each)));
            }
        }
        if (open > 0) {
            throw new Unclosed("an alternative begins with { and does not end; write \\{ for the character");
        }
        return regex.toString();
    }

    private String group() {
        open++;
        return "(?:";
    }

    /** {@code a/**} is all below a, {@code a/**}{@code /b} b at any depth there. */
    private String slash() {
        if (!glob.startsWith("**", at) || (at + 2 < glob.length() && glob.charAt(at + 2) != '/')) {
            return "/";
        }
        at += 2;
        if (at == glob.length()) {
            return "/.*";
        }
        at++;
        return "/(?:.*/)?";
    }

    private String star() {
        if (at == 1 && glob.startsWith("**")) {
            if (glob.length() == 2) {
                at = 2;
                return ".*";
            }
            if (glob.charAt(2) == '/') {
                at = 3;
                return "(?:.*/)?";
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return "[^/]*";
    }

    private String characterClass() throws Unclosed {
        boolean negated = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
        int from = negated ? at + 1 : at;
        int end = glob.indexOf(']', from + 1);
        if (end < 0) {
            throw new Unclosed("a class begins with [ and does not end; write \\[ for the character");
        }
        at = end + 1;
        String members = glob.substring(from, end).replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
                .replace("]", "\\]")
                .replace("&&", "&\\&");
        return negated ? "[^/" + members + "]" : "[" + members + "]";
    }
}
