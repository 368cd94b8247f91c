package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One Grep in progress: files go in, entries come out. */
final class Search {
    static final String FILES = "files_with_matches";
    static final int ENTRIES = 250;
    private static final String CONTENT = "content";
    private static final String COUNT = "count";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST = 100_000;

    private final GrepRule rule;
    private final String mode;
    private final Shown shown;
    private final InstantSource clock;
    private final Instant end;
    private final List<String> entries = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private int files;
    private long matches;

    Search(GrepRule rule, String mode, Shown shown, InstantSource clock) {
        this.rule = rule;
        this.mode = mode;
        this.shown = shown;
        this.clock = clock;
        this.end = clock.instant().plus(LIMIT);
    }

    /** @return whether to go on */
    boolean file(Path file, String path) throws IOException {
        if (Files.size(file) > WorkspaceFile.LARGEST) {
            notices.add(shown.name(path) + " is larger than 32 MiB and was left out; search it with Bash.");
            return true;
        }
        var content = new Content(Files.readAllBytes(file));
        if (!content.isBinary()) {
            add(shown.name(path), content.text());
        }
        if (clock.instant().isAfter(end) || entries.size() > MOST) {
            notices.add("The search was ended early: the results are incomplete. Use a more specific path or pattern.");
            return false;
        }
        return true;
    }

    private void add(String name, String text) {
        switch (mode) {
            case CONTENT -> entries.addAll(rule.lines(name, text));
            case COUNT -> {
                int count = rule.count(text);
                if (count > 0) {
                    entries.add(name + ":" + count);
                    files++;
                    matches += count;
                }
            }
            default -> {
                if (rule.isIn(text)) {
                    entries.add(name);
                }
            }
        }
    }

    /** @param limit 0 for all */
    String text(int offset, int limit) {
        var text = new StringBuilder();
        int to = limit == 0 ? entries.size() : (int) Math.min(entries.size(), (long) offset + limit);
        if (entries.isEmpty()) {
            text.append(mode.equals(CONTENT) || mode.equals(COUNT) ? "No matches found" : "No files found");
        } else if (offset >= entries.size()) {
            text.append("No entries at this offset: there are ").append(entries.size()).append(".");
        } else {
            text.append(heading()).append(String.join("\n", entries.subList(offset, to)));
            if (mode.equals(COUNT)) {
                text.append("\n\nFound ").append(matches).append(" total ").append(matches == 1 ? "occurrence" : "occurrences")
                        .append(" across ").append(files).append(files == 1 ? " file." : " files.");
            }
            if (offset > 0 || to < entries.size()) {
                text.append("\n\n[Showing entries ").append(offset + 1).append("-").append(to).append(" of ")
                        .append(entries.size())
                        .append("; go on with offset ").append(to).append("]");
            }
        }
        notices.forEach(notice -> text.append("\n(").append(notice).append(")"));
        return text.toString();
    }

    private String heading() {
        return mode.equals(FILES) ? "Found " + entries.size() + (entries.size() == 1 ? " file\n" : " files\n") : "";
    }
}
