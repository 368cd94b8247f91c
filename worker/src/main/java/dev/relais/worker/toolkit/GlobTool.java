package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Listing;
import dev.relais.worker.workspace.Workspace;

final class GlobTool implements Tool {
    private static final int SHOWN = 100;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final InstantSource clock;

    GlobTool(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Glob";
    }

    @Override
    public String description() {
        return """
                Finds files by name: `**/*.ts`, `src/**/*.{js,json}`, `*.sql`. Hidden files and files that .gitignore names are found too; \
                repositories' own .git directories are not. The newest come first, 100 at most.""";
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema()
                .required("pattern", "string", "The glob pattern")
                .optional("path", "string", "The directory to search in (default: where commands start)")
                .build();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    private record Found(String path, FileTime modified) {}

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        String pattern = withoutTop(input.path("pattern").asText());
        boolean absolute = !pattern.equals(input.path("pattern").asText());
        String path = input.path("path").asText(absolute ? Workspace.SEEN_AS : ".");
        return switch (workspace.resolve(path)) {
            case Workspace.Resolved.Outside outside -> ToolResult.error(outside.reason());
            case Workspace.Resolved.Inside inside when !Files.isDirectory(inside.real()) -> ToolResult.error(
                    path + (Files.exists(inside.real()) ? " is not a directory." : " does not exist."));
            case Workspace.Resolved.Inside inside -> switch (GlobPattern.compile(pattern)) {
                case GlobPattern.Compiled.Malformed malformed -> ToolResult.error(malformed.text());
                case GlobPattern.Compiled.Matcher matcher -> search(workspace, inside.relative(), matcher);
            };
        };
    }

    private static String withoutTop(String pattern) {
        return pattern.startsWith(Workspace.SEEN_AS + "/") ? pattern.substring(Workspace.SEEN_AS.length()) : pattern;
    }

    private ToolResult search(Workspace workspace, String from, GlobPattern.Compiled.Matcher matcher)
            throws InterruptedException {
        var found = new ArrayList<Found>();
        int skip = from.isEmpty() ? 0 : from.length() + 1;
        Instant end = clock.instant().plus(LIMIT);
        var late = new boolean[1];
        try {
            Listing.walk(workspace.root(), from, false, (_, path, attributes) -> {
                if (matcher.matches(path.substring(skip))) {
                    found.add(new Found(path, attributes.lastModifiedTime()));
                }
                late[0] = clock.instant().isAfter(end);
                return !late[0];
            });
        } catch (IOException e) {
            return ToolResult.error("The search failed: " + e.getClass().getSimpleName() + ".");
        }
        found.sort(Comparator.comparing(Found::modified).reversed().thenComparing(Found::path));
        return ToolResult.ok(text(new Shown(workspace), found, late[0]));
    }

    private static String text(Shown shown, List<Found> found, boolean late) {
        String notice = late
                ? "\n(The search took too long and was ended: the list is incomplete. Use a more specific path.)"
                : "";
        if (found.isEmpty()) {
            return "No files found" + notice;
        }
        String names = found.stream().limit(SHOWN).map(each -> shown.name(each.path())).collect(Collectors.joining("\n"));
        return found.size() <= SHOWN
                ? names + notice
                : names + "\n(Results are truncated: " + SHOWN + " of " + found.size()
                        + " files are shown. Consider using a more specific path or pattern.)" + notice;
    }
}
