package dev.relais.worker.toolkit;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

final class WriteTool implements Tool {
    @Override
    public String name() {
        return "Write";
    }

    @Override
    public String description() {
        return """
                Writes a file, whole: creates it with its directories, or replaces all of its content. A file that exists must have been \
                read before; for a change in a part of it use Edit. An existing file keeps its encoding, its byte order mark and, where all its \
                lines end so, CRLF; a new one is UTF-8 as given. To change these, delete the file with Bash first.""";
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema()
                .required("file_path", "string", "The file, as an absolute path under /workspace")
                .required("content", "string", "The whole content")
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
        String text = input.path("content").asText();
        return switch (WorkspaceFile.at(workspace, input.path("file_path").asText())) {
            case WorkspaceFile.Unusable unusable -> ToolResult.error(unusable.text());
            case WorkspaceFile.Large large -> ToolResult.error(large.tooLarge());
            case WorkspaceFile.Absent absent -> Written.to(absent.real(), absent.path(), Content.EMPTY, Content.of(text),
                    "File created successfully at: " + absent.seenAs());
            case WorkspaceFile.Present file -> switch (ReadFirstRule.of(known.at(file.path()), file.content().hash())) {
                case UNREAD -> ToolResult.error(ReadFirstRule.UNREAD);
                case CHANGED -> ToolResult.error(ReadFirstRule.CHANGED);
                case CURRENT -> over(file, text);
            };
        };
    }

    private static ToolResult over(WorkspaceFile.Present file, String text) throws InterruptedException {
        boolean crlf = !file.content().isBinary() && file.content().lineEnds() == LineEnds.CRLF && text.contains("\n")
                && !text.contains("\r");
        Content.Recoded recoded = file.content().isBinary() || file.content().size() == 0
                ? new Content.Recoded.Done(Content.of(text))
                : file.content().with(crlf ? LineEnds.crlf(text) : text);
        return switch (recoded) {
            case Content.Recoded.Refused refused -> ToolResult.error(refused.text());
            case Content.Recoded.Done done -> Written.to(file.real(), file.path(), file.content(), done.content(),
                    "The file " + file.seenAs() + " has been updated." + (crlf ? " Its CRLF line ends were kept." : ""));
        };
    }
}
