package dev.relais.worker.workspace;

import java.util.regex.Pattern;

/**
 * Names that git refuses in a tree, a nested repository's {@code .git} above all: in a snapshot they get a '%' appended, and names that end so
 * already get one more, so that each comes back.
 */
final class GitNames {
    private static final Pattern REFUSED = Pattern.compile("(?i)(\\.git|git~1)[ .]*(:.*)?%*");

    private GitNames() {}

    static String inTree(String raw) {
        return REFUSED.matcher(raw).matches() ? raw + "%" : raw;
    }

    static String onDisk(String raw) {
        return raw.endsWith("%") && REFUSED.matcher(raw).matches() ? raw.substring(0, raw.length() - 1) : raw;
    }
}
