package dev.relais.worker.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of one ignore file; a broken line says nothing, nor does a file that is huge or no regular file. */
record IgnoreFile(List<Line> rules) {
    static final IgnoreFile NONE = new IgnoreFile(List.of());
    private static final long LARGEST = 1 << 20;
    private static final int MOST_RULES = 10_000;

    IgnoreFile {
        rules = List.copyOf(rules);
    }

    /** @param taken whether the rule takes back what an earlier one left out */
    record Line(NamePattern pattern, boolean taken, boolean onlyDirectories) {}

    /** What a file says of a path. */
    enum Said {
        NOTHING,
        IGNORED,
        TAKEN
    }

    static IgnoreFile read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                return NONE;
            }
            return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (java.nio.channels.ClosedByInterruptException e) {
            // Whoever walks sees the flag at the next directory.
            return NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    static IgnoreFile parse(String text) {
        var rules = new ArrayList<Line>();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        plain.lines().limit(MOST_RULES).forEach(line -> add(line, rules));
        return new IgnoreFile(rules);
    }

    private static void add(String line, List<Line> rules) {
        String rule = line.endsWith("\\ ") ? line : line.stripTrailing();
        if (rule.isEmpty() || rule.startsWith("#")) {
            return;
        }
        boolean taken = rule.startsWith("!");
        rule = taken || rule.startsWith("\\!") || rule.startsWith("\\#") ? rule.substring(1) : rule;
        boolean anchored = rule.startsWith("/");
        rule = anchored ? rule.substring(1) : rule;
        boolean onlyDirectories = rule.endsWith("/");
        rule = onlyDirectories ? rule.substring(0, rule.length() - 1) : rule;
        if (rule.isEmpty()) {
            return;
        }
        boolean atAnyDepth = !anchored && !rule.contains("/");
        String glob = (atAnyDepth && !rule.startsWith("**/") ? "**/" + rule : rule) + (rule.endsWith("/**") ? "/*" : "");
        if (NamePattern.readIgnore(glob) instanceof NamePattern.Read.Usable usable) {
            rules.add(new Line(usable.pattern(), taken, onlyDirectories));
        }
    }

    /**
     * The last rule that fits decides.
     *
     * @param path from the ignore file's directory
     */
    Said says(String path, boolean isDirectory) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            Line rule = rules.get(i);
            if ((isDirectory || !rule.onlyDirectories()) && rule.pattern().matches(path)) {
                return rule.taken() ? Said.TAKEN : Said.IGNORED;
            }
        }
        return Said.NOTHING;
    }
}
