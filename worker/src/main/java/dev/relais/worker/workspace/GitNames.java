package dev.relais.worker.workspace;

import java.util.regex.Pattern;

/**
 * Names that git or a careful remote refuses in a tree: {@code .git} above all, as Windows and macOS would read it too, and the files whose content a
 * remote judges. In a snapshot they get a '%' appended, with what Windows takes for the end of a name written as {@code %3A} or {@code %5C}; and so does a
 * name that looks as if it had been written so, so that each comes back.
 */
final class GitNames {
    /** Characters that macOS does not see in a name. */
    private static final Pattern UNSEEN = Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");
    /** Windows takes no notice of dots and blanks at the end, knows short names, and has streams after a colon. */
    private static final Pattern GIT = Pattern.compile("(?i)(\\.git|git~[0-9]+)[ .]*(:.*)?", Pattern.DOTALL);
    private static final Pattern JUDGED = Pattern
            .compile("(?i)(\\.git(modules|attributes|ignore)|\\.mailmap|g[a-z0-9]{1,5}~[0-9]+|mailma~[0-9])[ .]*(:.*)?",
                    Pattern.DOTALL);

    private static final String MARK = "%";

    private GitNames() {}

    /** Whether a tree with this name is refused. */
    static boolean isRefused(String raw) {
        return matches(GIT, raw);
    }

    private static boolean isJudged(String raw) {
        // What every repository has is judged by its name alone, and stays legible.
        return !raw.equals(".gitignore") && matches(JUDGED, raw);
    }

    /** Windows reads what follows a backslash as a name of its own. */
    private static boolean matches(Pattern names, String raw) {
        String seen = UNSEEN.matcher(FileNames.text(raw)).replaceAll("");
        for (String part : seen.split("\\\\", -1)) {
            if (names.matcher(part).matches()) {
                return true;
            }
        }
        return false;
    }

    static String inTree(String raw) {
        return isWritten(raw) ? raw.replace("%", "%25").replace(":", "%3A").replace("\\", "%5C") + MARK : raw;
    }

    static String onDisk(String name) {
        return looksWritten(name) ? read(name) : name;
    }

    private static boolean isWritten(String raw) {
        return isRefused(raw) || isJudged(raw) || looksWritten(raw);
    }

    private static boolean looksWritten(String name) {
        return name.endsWith(MARK) && isWritten(read(name));
    }

    private static String read(String name) {
        return name.substring(0, name.length() - 1).replace("%5C", "\\").replace("%3A", ":").replace("%25", "%");
    }
}
