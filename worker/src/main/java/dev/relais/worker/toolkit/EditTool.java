package dev.relais.worker.toolkit;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

final class EditTool implements Tool {
    @Override
    public String name() {
        return "Edit";
    }

    @Override
    public String description() {
        return """
                Replaces a string in a file by another, exactly: no pattern, indentation counts, the line numbers that Read shows are not \
                part of the file. The file must have been read whole before. old_string must occur exactly once, unless replace_all is \
                true: give enough lines around it. An empty old_string creates a file that does not exist. Encoding, byte order mark and \
                CRLF line ends of a file are kept: write plain line ends. Binary files cannot be edited.""";
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema()
                .required("file_path", "string", "The file, as an absolute path under /workspace")
                .required("old_string", "string", "The text to replace")
                .required("new_string", "string", "The text to put there, different from old_string")
                .optional("replace_all", "boolean", "Replace every occurrence (default false)")
                .build();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public Touched touches(JsonNode input, Workspace workspace) {
        return Touched.of(workspace.resolve(input.path("file_path").asText()));
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        String from = input.path("old_string").asText();
        String to = input.path("new_string").asText();
        boolean all = input.path("replace_all").asBoolean();
        return switch (WorkspaceFile.at(workspace, input.path("file_path").asText())) {
            case WorkspaceFile.Unusable unusable -> ToolResult.error(unusable.text());
            case WorkspaceFile.Large large -> ToolResult.error(large.tooLarge());
            case WorkspaceFile.Absent absent when from.isEmpty() ->
                Written.to(absent.real(), absent.path(), Content.EMPTY, Content.of(to),
                        "File created successfully at: " + absent.seenAs());
            case WorkspaceFile.Absent absent -> ToolResult.error("File does not exist: " + absent.seenAs()
                    + ". Find it with Glob, or create it with Write.");
            case WorkspaceFile.Present file when file.content().isBinary() -> ToolResult.error(file.seenAs()
                    + " is a binary file and cannot be edited as text. Change it with Bash.");
            case WorkspaceFile.Present file -> edit(file, new EditRule.Replacement(from, to, all), known);
        };
    }

    private static ToolResult edit(WorkspaceFile.Present file, EditRule.Replacement asked, KnownFiles known)
            throws InterruptedException {
        ReadFirstRule.Knowledge knowledge = ReadFirstRule.of(known.at(file.path()), file.content().hash());
        return switch (EditRule.edit(file.content().text(), asked, knowledge)) {
            case EditRule.Edited.Refused refused -> ToolResult.error(refused.text());
            case EditRule.Edited.Done done -> switch (file.content().with(done.content())) {
                case Content.Recoded.Refused refused -> ToolResult.error(refused.text());
                case Content.Recoded.Done recoded -> Written.to(file.real(), file.path(), file.content(), recoded.content(),
                        "The file " + file.seenAs() + " has been updated" + (done.count() == 1
                                ? "."
                                : ": " + done.count() + " occurrences were replaced."));
            };
        };
    }
}
