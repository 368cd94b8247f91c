package dev.relais.worker.toolkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

final class ReadTool implements Tool {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final InstantSource clock;

    ReadTool(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Read";
    }

    @Override
    public String description() {
        return """
                Reads a text file of the workspace. Lines come numbered as by `cat -n`: number, tab, text; the number and tab are not part \
                of the file. Up to 2,000 lines are returned, longer lines are clipped at 2,000 characters; for a longer file give offset \
                and limit. A file must have been read before Edit or Write may change it. Directories are listed with Glob; images, PDF and \
                other binary files cannot be read.""";
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema()
                .required("file_path", "string", "The file, as an absolute path under /workspace")
                .optional("offset", "integer", "The first line to read, from 1; only for a file that is too long to read at once")
                .optional("limit", "integer", "How many lines to read")
                .optional("pages", "string", "Pages of a PDF; not supported here")
                .optional("allow_large", "boolean", "Return up to 100,000 tokens instead of 25,000")
                .build();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        if (!input.path("pages").asText().isEmpty()) {
            return ToolResult
                    .error("PDF files cannot be read here. Convert the file to text with Bash, if a converter is installed.");
        }
        var asked = new PageRule.Asked(number(input, "offset"), number(input, "limit"), input.path("allow_large").asBoolean());
        return switch (WorkspaceFile.at(workspace, input.path("file_path").asText())) {
            case WorkspaceFile.Unusable unusable -> ToolResult.error(unusable.text());
            case WorkspaceFile.Absent absent -> ToolResult.error("File does not exist: " + absent.seenAs()
                    + ". Find it with Glob.");
            case WorkspaceFile.Large large -> page(large, asked);
            case WorkspaceFile.Present file -> page(file, asked);
        };
    }

    private static ToolResult page(WorkspaceFile.Present file, PageRule.Asked asked) throws InterruptedException {
        String refusal = FileKind.refusal(file.seenAs(), file.content());
        if (!refusal.isEmpty()) {
            return ToolResult.error(refusal);
        }
        try {
            return switch (PageRule.page(LineSource.of(file.content().visible()), asked)) {
                case PageRule.Page.Refused refused -> ToolResult.error(refused.text());
                case PageRule.Page.Shown shown -> ToolResult.ok(shown.text(), List.of(
                        new FileSeen(file.path(), file.content().hash(), shown.whole() ? KnownFiles.READ : KnownFiles.PARTIAL)));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    /** Too large to be held, and so never known whole. */
    private ToolResult page(WorkspaceFile.Large file, PageRule.Asked asked) throws InterruptedException {
        try (LargeFile lines = LargeFile.open(file.real(), clock, clock.instant().plus(LIMIT))) {
            PageRule.Page page = PageRule.page(lines, asked);
            if (lines.isBinary()) {
                return ToolResult.error(file.seenAs() + " is a binary file (" + (file.size() >> 20)
                        + " MiB) and cannot be read as text. Look at it with Bash, e.g. file or xxd.");
            }
            return switch (page) {
                case PageRule.Page.Refused refused -> ToolResult.error(refused.text());
                case PageRule.Page.Shown shown -> ToolResult.ok(shown.text());
            };
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("stopped while a file was read").initCause(e);
        } catch (LargeFile.TooLong e) {
            return ToolResult
                    .error(file.seenAs() + " (" + (file.size() >> 20) + " MiB) could not be read within " + LIMIT.toSeconds()
                            + " s. Look at a part of it with Grep, or with Bash: head, tail, sed -n.");
        } catch (IOException e) {
            return ToolResult.error(file.seenAs() + " cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    private static OptionalInt number(JsonNode input, String name) {
        return input.has(name)
                ? OptionalInt.of(Math.clamp(input.path(name).asLong(), 0, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }
}
