package dev.relais.worker.toolkit;

import java.time.InstantSource;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.sandbox.Refusing;
import dev.relais.worker.tool.ContentHash;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.workspace.Workspace;

/** Calls a tool as the run does: through the toolbox, with JSON. Single quotes stand for double ones. */
final class Call {
    private Call() {}

    static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static ToolResult of(String tool, Workspace workspace, KnownFiles known, String input) {
        return of(Toolkit.standard(Refusing.because("bwrap is not installed"), InstantSource.system()), tool, workspace, known,
                input);
    }

    static ToolResult of(List<Tool> tools, String tool, Workspace workspace, KnownFiles known, String input) {
        try {
            Toolbox.Ran ran = new Toolbox(tools).run(List.of(new ToolCall("id", tool, json(input), 0)), workspace, known,
                    () -> {});
            return new ToolResult(ran.results().getFirst().content(), ran.results().getFirst().isError(), ran.files());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static ToolResult of(String tool, Workspace workspace, String input) {
        return of(tool, workspace, KnownFiles.NONE, input);
    }

    static KnownFiles known(String path, String content, String access) {
        return KnownFiles.NONE.and(List.of(new FileSeen(path, ContentHash.of(Content.of(content).bytes()), access)));
    }
}
