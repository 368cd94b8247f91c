package dev.relais.worker.toolkit;

import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.search.NamePattern;

/** Which files a Grep looks into, by glob and type. */
final class FileFilter {
    private final List<Glob> globs = new ArrayList<>();
    private final List<NamePattern> types = new ArrayList<>();

    private FileFilter() {}

    private record Glob(NamePattern pattern, boolean excludes) {}

    sealed interface Made {
        record Filter(FileFilter files) implements Made {}

        record Malformed(String text) implements Made {}
    }

    /**
     * From the tool's parameters.
     *
     * @param globs several, apart by commas or blanks; one that begins with '!' excludes
     * @param type empty for all
     */
    static Made of(String globs, String type) {
        var filter = new FileFilter();
        for (String glob : split(globs)) {
            boolean excludes = glob.startsWith("!");
            switch (NamePattern.read(excludes ? glob.substring(1) : glob)) {
                case NamePattern.Read.Malformed malformed -> {
                    return new Made.Malformed(malformed.reason());
                }
                case NamePattern.Read.Usable usable -> filter.globs.add(new Glob(usable.pattern(), excludes));
            }
        }
        if (!type.isEmpty() && FileTypes.globs(type).isEmpty()) {
            return new Made.Malformed("unrecognized file type: " + type + ". Known types: " + FileTypes.known()
                    + ". For others use glob.");
        }
        for (String glob : FileTypes.globs(type)) {
            if (NamePattern.read(glob) instanceof NamePattern.Read.Usable usable) {
                filter.types.add(usable.pattern());
            }
        }
        return new Made.Filter(filter);
    }

    /**
     * The last glob that fits decides, also against ignore files; where none does, a file is left out if any glob names files to take.
     *
     * @param path from the directory in which the search starts
     * @param ignored whether an ignore file names it
     */
    boolean takes(String path, boolean ignored) {
        return (types.isEmpty() || types.stream().anyMatch(each -> each.matches(path))) && byGlobs(path, ignored);
    }

    private boolean byGlobs(String path, boolean ignored) {
        for (Glob glob : globs.reversed()) {
            if (glob.pattern().matches(path)) {
                return !glob.excludes();
            }
            if (glob.excludes() && isBelow(glob.pattern(), path)) {
                return false;
            }
        }
        return !ignored && globs.stream().allMatch(Glob::excludes);
    }

    /** What excludes a directory excludes all in it. */
    private static boolean isBelow(NamePattern pattern, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (pattern.matches(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
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
