package dev.relais.worker.toolkit;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A glob as ripgrep and {@code .gitignore} files mean it: {@code *} and {@code ?} stay within a name, {@code **} crosses directories, {@code {a,b}}
 * is either, a pattern without '/' is about the name at any depth.
 */
final class GlobPattern {
    private final String glob;
    private int at;
    private int open;

    private GlobPattern(String glob) {
        this.glob = glob;
    }

    sealed interface Compiled {
        /** Of paths with '/' between names. */
        record Matcher(Pattern pattern) implements Compiled {
            boolean matches(String path) {
                return pattern.matches(path);
            }
        }

        record Malformed(String text) implements Compiled {}
    }

    static Compiled compile(String glob) {
        String anchored = glob.startsWith("/") ? glob.substring(1) : glob.contains("/") ? glob : "**/" + glob;
        try {
            String regex = new GlobPattern(anchored).regex();
            return new Compiled.Matcher(Pattern.compile("(?s)" + regex));
        } catch (PatternSyntaxException e) {
            return new Compiled.Malformed("The glob pattern \"" + glob + "\" cannot be read: " + e.getMessage() + ".");
        }
    }

    private String regex() {
        var regex = new StringBuilder();
        while (at < glob.length()) {
            char each = glob.charAt(at++);
            switch (each) {
                case '*' -> regex.append(star());
                case '?' -> regex.append("[^/]");
                case '[' -> regex.append(characterClass());
                case '{' -> {
                    open++;
                    regex.append("(?:");
                }
                case '}' -> regex.append(open > 0 && open-- > 0 ? ")" : "\\}");
                case ',' -> regex.append(open > 0 ? "|" : ",");
                case '\\' -> regex.append(Pattern.quote(at < glob.length() ? String.valueOf(glob.charAt(at++)) : "\\"));
                default -> regex.append(Pattern.quote(String.valueOf(each)));
            }
        }
        return regex.toString();
    }

    private String star() {
        if (at >= glob.length() || glob.charAt(at) != '*') {
            return "[^/]*";
        }
        boolean atStart = at == 1 || glob.charAt(at - 2) == '/';
        at++;
        if (atStart && at < glob.length() && glob.charAt(at) == '/') {
            at++;
            return "(?:.*/)?";
        }
        return ".*";
    }

    private String characterClass() {
        int end = glob.indexOf(']', at + 1);
        if (end < 0) {
            return "\\[";
        }
        String inside = glob.substring(at, end);
        at = end + 1;
        boolean negated = inside.startsWith("!") || inside.startsWith("^");
        String members = (negated ? inside.substring(1) : inside).replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^");
        return negated ? "[^/" + members + "]" : "[" + members + "]";
    }
}
