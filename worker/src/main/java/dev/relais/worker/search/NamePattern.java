package dev.relais.worker.search;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A glob, held against paths with '/' between names. What is a plain name, beginning or end costs no regular expression. */
public final class NamePattern {
    private static final String ANYWHERE = "**/";
    private static final String SPECIAL = "*?[]{}\\";

    private final Kind kind;
    private final String text;
    private final Pattern pattern;

    private enum Kind {
        PATH,
        NAME,
        NAME_START,
        NAME_END,
        PATTERN
    }

    private NamePattern(Kind kind, String text, Pattern pattern) {
        this.kind = kind;
        this.text = text;
        this.pattern = pattern;
    }

    public sealed interface Read {
        record Usable(NamePattern pattern) implements Read {}

        /** @param reason instructive to a model */
        record Malformed(String reason) implements Read {}
    }

    private static final class Never {
        static final Pattern PATTERN = Pattern.compile("[^\\x{0}-\\x{10FFFF}]");
    }

    /** As a search's parameter has it: without '/' it holds at any depth; braces are alternatives. */
    public static Read read(String glob) {
        String anchored = glob.startsWith("/") ? glob.substring(1) : glob.contains("/") ? glob : ANYWHERE + glob;
        return read(anchored, glob, true);
    }

    /** As an ignore file has it, already anchored: braces are themselves. */
    static Read readIgnore(String anchored) {
        return read(anchored, anchored, false);
    }

    private static Read read(String anchored, String asWritten, boolean braces) {
        NamePattern simple = simple(anchored);
        if (simple != null) {
            return new Read.Usable(simple);
        }
        try {
            String regex = new GlobReader(anchored, braces).regex();
            return new Read.Usable(new NamePattern(Kind.PATTERN, "", Pattern.compile("(?s)" + regex)));
        } catch (GlobReader.Unclosed e) {
            return new Read.Malformed("The glob pattern \"" + asWritten + "\" cannot be read: " + e.getMessage() + ".");
        } catch (PatternSyntaxException e) {
            return new Read.Malformed("The glob pattern \"" + asWritten + "\" cannot be read: " + e.getDescription() + ".");
        }
    }

    @org.jspecify.annotations.Nullable
    private static NamePattern simple(String glob) {
        if (isPlain(glob)) {
            return new NamePattern(Kind.PATH, glob, Never.PATTERN);
        }
        String name = glob.startsWith(ANYWHERE) ? glob.substring(ANYWHERE.length()) : "/";
        if (name.isEmpty() || name.contains("/")) {
            return null;
        }
        if (isPlain(name)) {
            return new NamePattern(Kind.NAME, name, Never.PATTERN);
        }
        if (name.startsWith("*") && isPlain(name.substring(1))) {
            return new NamePattern(Kind.NAME_END, name.substring(1), Never.PATTERN);
        }
        return name.endsWith("*") && isPlain(name.substring(0, name.length() - 1))
                ? new NamePattern(Kind.NAME_START, name.substring(0, name.length() - 1), Never.PATTERN)
                : null;
    }

    private static boolean isPlain(String glob) {
        return glob.chars().noneMatch(each -> SPECIAL.indexOf(each) >= 0);
    }

    /** @param path with '/' between names */
    public boolean matches(String path) {
        return switch (kind) {
            case PATH -> path.equals(text);
            case NAME -> path.endsWith(text) && isName(path, path.length() - text.length());
            case NAME_END -> path.endsWith(text) && path.length() - text.length() > path.lastIndexOf('/');
            case NAME_START -> path.startsWith(text, path.lastIndexOf('/') + 1);
            case PATTERN -> pattern.matches(path);
        };
    }

    private static boolean isName(String path, int from) {
        return from == 0 || path.charAt(from - 1) == '/';
    }
}
