package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.List;

/** Which files a Grep looks into, by glob and type. */
final class FileFilter {
    private final List<GlobPattern.Compiled.Matcher> wanted = new ArrayList<>();
    private final List<GlobPattern.Compiled.Matcher> unwanted = new ArrayList<>();
    private final List<GlobPattern.Compiled.Matcher> types = new ArrayList<>();

    private FileFilter() {}

    sealed interface Made {
        record Filter(FileFilter files) implements Made {}

        record Malformed(String text) implements Made {}
    }

    /**
     * @param globs several, apart by commas or blanks; one that begins with '!' excludes
     * @param type empty for all
     */
    static Made of(String globs, String type) {
        var filter = new FileFilter();
        for (String glob : split(globs)) {
            boolean not = glob.startsWith("!");
            switch (GlobPattern.compile(not ? glob.substring(1) : glob)) {
                case GlobPattern.Compiled.Malformed malformed -> {
                    return new Made.Malformed(malformed.text());
                }
                case GlobPattern.Compiled.Matcher matcher -> (not ? filter.unwanted : filter.wanted).add(matcher);
            }
        }
        if (!type.isEmpty() && FileTypes.globs(type).isEmpty()) {
            return new Made.Malformed("unrecognized file type: " + type + ". Known types: " + FileTypes.known() + ".");
        }
        for (String glob : FileTypes.globs(type)) {
            if (GlobPattern.compile(glob) instanceof GlobPattern.Compiled.Matcher matcher) {
                filter.types.add(matcher);
            }
        }
        return new Made.Filter(filter);
    }

    boolean takes(String path) {
        return (wanted.isEmpty() || wanted.stream().anyMatch(each -> each.matches(path)))
                && unwanted.stream().noneMatch(each -> each.matches(path))
                && (types.isEmpty() || types.stream().anyMatch(each -> each.matches(path)));
    }

    private static List<String> split(String globs) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < globs.length(); i++) {
            char each = globs.charAt(i);
            depth += each == '{' ? 1 : each == '}' ? -1 : 0;
            if (depth <= 0 && (each == ',' || each == ' ')) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(each);
            }
        }
        parts.add(part.toString());
        return parts.stream().filter(each -> !each.isEmpty()).toList();
    }
}
