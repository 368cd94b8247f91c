package dev.relais.worker.toolkit;

import java.util.List;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

final class ReadTool implements Tool {
    @Override
    public String name() {
        return "Read";
    }

    @Override
    public String description() {
        return """
                Reads a text file of the workspace. Lines come numbered as by `cat -n`: number, tab, text; the number and tab are not part \
                of the file. Up to 2,000 lines are returned, longer lines are clipped at 2,000 characters; for a longer file give offset \
                and limit. A file must have been read before Edit or Write may change it. Directories are listed with Glob.""";
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
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) {
        if (input.has("pages")) {
            return ToolResult
                    .error("PDF files cannot be read here. Convert the file to text with Bash, if a converter is installed.");
        }
        return switch (WorkspaceFile.at(workspace, input.path("file_path").asText())) {
            case WorkspaceFile.Unusable unusable -> ToolResult.error(unusable.text());
            case WorkspaceFile.Absent absent -> ToolResult.error("File does not exist: " + absent.seenAs()
                    + ". Find it with Glob.");
            case WorkspaceFile.Present file when file.content().isBinary() -> ToolResult.error(file.seenAs()
                    + " is a binary file (" + file.content().size() + " bytes) and cannot be read as text.");
            case WorkspaceFile.Present file -> page(file, new PageRule.Asked(number(input, "offset"), number(input, "limit"),
                    input.path("allow_large").asBoolean()));
        };
    }

    private static ToolResult page(WorkspaceFile.Present file, PageRule.Asked asked) {
        return switch (PageRule.page(file.content().text(), asked)) {
            case PageRule.Page.Refused refused -> ToolResult.error(refused.text());
            case PageRule.Page.Shown shown -> ToolResult.ok(shown.text(), List.of(
                    new FileSeen(file.path(), file.content().hash(), shown.whole() ? KnownFiles.READ : KnownFiles.PARTIAL)));
        };
    }

    private static OptionalInt number(JsonNode input, String name) {
        return input.has(name)
                ? OptionalInt.of(Math.clamp(input.path(name).asLong(), 0, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }
}
