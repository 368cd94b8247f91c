package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Listing;
import dev.relais.worker.workspace.Workspace;

final class GrepTool implements Tool {
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
                Searches file contents by regular expression (RE2 syntax: no look-around, no back-references; literal braces are escaped: \
                `interface\\{\\}`). Files that .gitignore names and binary files are left out. output_mode: "files_with_matches" (default) \
                lists files, "content" shows lines, "count" counts them. A pattern may span lines only with multiline.""";
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
        Pattern pattern;
        try {
            pattern = Pattern.compile(input.path("pattern").asText(), flags(input));
        } catch (PatternSyntaxException e) {
            return ToolResult.error("regex parse error: " + e.getMessage() + ". The syntax is RE2's: no look-around and no"
                    + " back-references; escape ( [ { where they are meant literally.");
        }
        return switch (workspace.resolve(input.path("path").asText("."))) {
            case Workspace.Resolved.Outside outside -> ToolResult.error(outside.reason());
            case Workspace.Resolved.Inside inside when !Files.exists(inside.real()) -> ToolResult.error(
                    input.path("path").asText() + ": No such file or directory.");
            case Workspace.Resolved.Inside inside ->
                switch (FileFilter.of(input.path("glob").asText(), input.path("type").asText())) {
                    case FileFilter.Made.Malformed malformed -> ToolResult.error(malformed.text());
                    case FileFilter.Made.Filter filter -> {
                        var search = new Search(new GrepRule(pattern, print(input)),
                                input.path("output_mode").asText(Search.FILES),
                                new Shown(workspace), clock);
                        yield search(search, filter.files(), workspace.root(), inside, input);
                    }
                };
        };
    }

    private static ToolResult search(Search search, FileFilter filter, Path root, Workspace.Resolved.Inside from, JsonNode input)
            throws InterruptedException {
        try {
            if (Files.isDirectory(from.real())) {
                int skip = from.relative().isEmpty() ? 0 : from.relative().length() + 1;
                Listing.walk(root, from.relative(), true,
                        (file, path, _) -> !filter.takes(path.substring(skip)) || search.file(file, path));
            } else if (Files.isRegularFile(from.real())) {
                search.file(from.real(), from.relative());
            }
        } catch (IOException e) {
            return ToolResult.error("The search failed: " + e.getClass().getSimpleName() + ".");
        }
        return ToolResult.ok(search.text(Math.clamp(input.path("offset").asLong(0), 0, Integer.MAX_VALUE),
                Math.clamp(input.path("head_limit").asLong(Search.ENTRIES), 0, Integer.MAX_VALUE)));
    }

    private static int flags(JsonNode input) {
        return (input.path("-i").asBoolean() ? Pattern.CASE_INSENSITIVE : 0)
                | (input.path("multiline").asBoolean() ? Pattern.MULTILINE | Pattern.DOTALL : 0);
    }

    private static GrepRule.Print print(JsonNode input) {
        int around = lines(input, "-C", lines(input, "context", 0));
        return new GrepRule.Print(lines(input, "-B", around), lines(input, "-A", around), input.path("-n").asBoolean(true),
                input.path("-o").asBoolean(), input.path("multiline").asBoolean());
    }

    private static int lines(JsonNode input, String name, int otherwise) {
        return Math.clamp(input.path(name).asLong(otherwise), 0, 10_000);
    }
}
