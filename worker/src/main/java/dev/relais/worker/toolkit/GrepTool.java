package dev.relais.worker.toolkit;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.regex.TextPattern;
import dev.relais.worker.search.Hits;
import dev.relais.worker.search.Query;
import dev.relais.worker.search.TreeSearch;
import dev.relais.worker.search.TreeWalk;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

final class GrepTool implements Tool {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ENTRIES = 250;
    /** Where all are asked for. */
    private static final int MOST = 100_000;
    private static final int CONTEXT = 10_000;

    private final InstantSource clock;

    GrepTool(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Grep";
    }

    @Override
    public String description() {
        return """
                Searches file contents by regular expression, in ripgrep's syntax. output_mode: "files_with_matches" (default) lists files, \
                "content" shows lines, "count" counts matching lines. Files that .gitignore or .ignore names and binary files are left \
                out, hidden files are searched, links are not followed; a glob that names files brings ignored ones back. \\w, \\d, \\s, \\b and \
                -i know Unicode. There is no look-around and no back-reference. A pattern holds within a line, unless multiline is true.
                Otherwise than in ripgrep: entries come in the order of paths; a brace that counts nothing is itself, and so is an escaped \
                punctuation mark; a repetition counts to 1,000 at most; CRLF is a line's end, so that $ holds before it; a file that is no UTF-8 is read as \
                windows-1252; -o shows no context; lines are cut after 500 characters; glob is held against paths from `path` on, and \
                with type a file must fit both. A search ends after 20 s and then says that it is incomplete.""";
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema()
                .required("pattern", "string", "The regular expression")
                .optional("path", "string", "File or directory to search in (default: where commands start)")
                .optional("glob", "string", "Which files, e.g. \"*.js\" or \"src/**/*.{ts,tsx}\"; \"!*.test.ts\" excludes")
                .optional("type", "string", "Which files by type, e.g. js, py, java, sql")
                .oneOf("output_mode", "What to show (default files_with_matches)", "content", "files_with_matches", "count")
                .optional("-A", "integer", "Lines to show after each match (content)")
                .optional("-B", "integer", "Lines to show before each match (content)")
                .optional("-C", "integer", "Lines to show before and after each match (content)")
                .optional("context", "integer", "The same as -C")
                .optional("-n", "boolean", "Show line numbers (content; default true)")
                .optional("-i", "boolean", "Ignore case")
                .optional("-o", "boolean", "Show only what matched, not its line (content)")
                .optional("head_limit", "integer", "How many entries to show (default 250; 0 for all)")
                .optional("offset", "integer", "How many entries to skip (default 0)")
                .optional("multiline", "boolean", "Let matches span lines, and . match a line's end")
                .build();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        String path = input.path("path").asText(".");
        var options = new TextPattern.Options(input.path("-i").asBoolean(), input.path("multiline").asBoolean());
        return switch (TextPattern.read(input.path("pattern").asText(), options)) {
            case TextPattern.Read.Malformed malformed -> ToolResult.error(malformed.diagnostic());
            case TextPattern.Read.Usable usable -> switch (workspace.resolve(path)) {
                case Workspace.Resolved.Outside outside -> ToolResult.error(outside.reason());
                case Workspace.Resolved.Inside inside when !Files.exists(inside.real()) -> ToolResult.error(
                        path + ": No such file or directory. Find it with Glob.");
                case Workspace.Resolved.Inside inside when !Files.isDirectory(inside.real())
                        && !Files.isRegularFile(inside.real()) ->
                    ToolResult.error(path + " is no regular file.");
                case Workspace.Resolved.Inside inside ->
                    switch (FileFilter.of(input.path("glob").asText(), input.path("type").asText())) {
                        case FileFilter.Made.Malformed malformed -> ToolResult.error(malformed.text());
                        case FileFilter.Made.Filter filter ->
                            search(query(usable.pattern(), input), filter.files(), workspace, inside, offset(input));
                    };
            };
        };
    }

    private ToolResult search(Query query, FileFilter filter, Workspace workspace, Workspace.Resolved.Inside from, int offset)
            throws InterruptedException {
        Instant end = clock.instant().plus(LIMIT);
        boolean isFile = Files.isRegularFile(from.real());
        try (var search = new TreeSearch(query, new Shown(workspace)::name, clock, end)) {
            if (isFile) {
                search.add(from.real(), from.relative(), from.real().toFile().length());
            } else {
                int skip = from.relative().isEmpty() ? 0 : from.relative().length() + 1;
                TreeWalk.walk(workspace.root(), from.relative(), true, (file, path, attributes, ignored) -> {
                    if (clock.instant().isAfter(end)) {
                        search.giveUp();
                        return false;
                    }
                    return !filter.takes(path.substring(skip), ignored) || search.add(file, path, attributes.size());
                });
            }
            Hits hits = search.hits();
            return ToolResult.ok(new GrepText(query.mode(), isFile).text(hits, offset));
        }
    }

    private static Query query(TextPattern pattern, JsonNode input) {
        Query.Mode mode = switch (input.path("output_mode").asText()) {
            case "content" -> Query.Mode.CONTENT;
            case "count" -> Query.Mode.COUNT;
            default -> Query.Mode.FILES;
        };
        int around = lines(input, "-C", lines(input, "context", 0));
        var print = new Query.Print(lines(input, "-B", around), lines(input, "-A", around), input.path("-n").asBoolean(true),
                input.path("-o").asBoolean());
        long limit = input.path("head_limit").asLong(ENTRIES);
        int keep = limit <= 0 ? MOST : (int) Math.min(MOST, Math.min(limit, MOST) + offset(input));
        return new Query(pattern, mode, print, input.path("multiline").asBoolean(), keep);
    }

    private static int offset(JsonNode input) {
        return Math.clamp(input.path("offset").asLong(0), 0, Integer.MAX_VALUE);
    }

    private static int lines(JsonNode input, String name, int otherwise) {
        return Math.clamp(input.path(name).asLong(otherwise), 0, CONTEXT);
    }
}
