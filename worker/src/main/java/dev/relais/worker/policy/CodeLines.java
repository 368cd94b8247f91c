package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Pattern;

/** Which changed lines do something: comments, imports and log messages do not. */
final class CodeLines {
    private static final Pattern COMMENT = Pattern.compile("^(?://|/\\*|\\*|--|#(?:[^a-z\\[]|$)|<!--|\"\"\"|''').*");
    private static final Pattern IDLE = Pattern.compile(
            "^(?:import\\b|from\\s+\\S+\\s+import\\b|(?:const|let|var)\\s+[^=]+=\\s*require\\(|export\\s+\\*|package\\s|use\\s+|[{}()\\[\\];,]*$"
                    + "|(?:this\\.|self\\.)?(?:log|logger|logging|console|LOG)\\.\\w+\\()");

    private CodeLines() {}

    /** Those added and taken away, as they were without their indentation. */
    static List<String> changed(String before, String after) {
        LineDiff diff = LineDiff.of(before, after);
        var lines = new ArrayList<String>();
        diff.added().stream().filter(CodeLines::acts).forEach(lines::add);
        diff.removed().stream().filter(CodeLines::acts).forEach(lines::add);
        return lines;
    }

    static boolean acts(String line) {
        return !COMMENT.matches(line) && !IDLE.matcher(line).find();
    }

    /** The words of a path, {@code src/AuthService.ts} having src, auth, service, ts. */
    static Set<String> words(String path) {
        String apart = path.replaceAll("([a-z0-9])([A-Z])", "$1 $2");
        return new LinkedHashSet<>(List.of(apart.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)));
    }
}
