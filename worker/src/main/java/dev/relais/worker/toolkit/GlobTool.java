package dev.relais.worker.toolkit;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.search.NamePattern;
import dev.relais.worker.search.TreeWalk;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
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

    /** What is shown first comes first. */
    private static final Comparator<Found> ORDER = Comparator.comparing(Found::modified).reversed().thenComparing(Found::path);

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        String pattern = withoutTop(input.path("pattern").asText());
        boolean absolute = !pattern.equals(input.path("pattern").asText());
        String path = input.path("path").asText(absolute ? Workspace.SEEN_AS : ".");
        if (pattern.isEmpty() || (pattern.startsWith("/") && !absolute) || pattern.startsWith("../")) {
            return ToolResult.error("The pattern must be relative to `path`, or begin with " + Workspace.SEEN_AS
                    + "/: nothing else can be searched.");
        }
        return switch (workspace.resolve(path)) {
            case Workspace.Resolved.Outside outside -> ToolResult.error(outside.reason());
            case Workspace.Resolved.Inside inside when !Files.isDirectory(inside.real()) -> ToolResult.error(
                    path + (Files.exists(inside.real()) ? " is not a directory." : " does not exist."));
            case Workspace.Resolved.Inside inside -> switch (NamePattern.read(pattern)) {
                case NamePattern.Read.Malformed malformed -> ToolResult.error(malformed.reason());
                case NamePattern.Read.Usable usable -> search(workspace, inside.relative(), usable.pattern());
            };
        };
    }

    private static String withoutTop(String pattern) {
        String plain = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        return plain.startsWith(Workspace.SEEN_AS + "/") ? plain.substring(Workspace.SEEN_AS.length()) : plain;
    }

    private ToolResult search(Workspace workspace, String from, NamePattern wanted) throws InterruptedException {
        // The last to be shown is the first to make room.
        var first = new PriorityQueue<Found>(ORDER.reversed());
        int skip = from.isEmpty() ? 0 : from.length() + 1;
        Instant end = clock.instant().plus(LIMIT);
        var late = new AtomicBoolean();
        var matches = new AtomicInteger();
        TreeWalk.walk(workspace.root(), from, false, (_, path, attributes, _) -> {
            if (wanted.matches(path.substring(skip))) {
                matches.incrementAndGet();
                first.add(new Found(path, attributes.lastModifiedTime()));
                if (first.size() > SHOWN) {
                    first.remove();
                }
            }
            late.set(clock.instant().isAfter(end));
            return !late.get();
        });
        List<String> names = first.stream().sorted(ORDER).map(each -> new Shown(workspace).name(each.path())).toList();
        return ToolResult.ok(text(names, matches.get(), late.get()));
    }

    private static String text(List<String> names, int matches, boolean late) {
        String notice = late
                ? "\n(The search took too long and was ended: the list is incomplete. Use a more specific path.)"
                : "";
        if (names.isEmpty()) {
            return "No files found" + notice;
        }
        return String.join("\n", names) + (matches <= SHOWN
                ? ""
                : "\n(Results are truncated: " + SHOWN + " of " + matches
                        + " files are shown. Consider using a more specific path or pattern.)")
                + notice;
    }
}
