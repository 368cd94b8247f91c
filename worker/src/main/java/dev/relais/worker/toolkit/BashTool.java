package dev.relais.worker.toolkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ReadCommandRule;
import dev.relais.worker.tool.SavedOutput;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

final class BashTool implements Tool {
    static final Duration TIMEOUT = Duration.ofMinutes(2);
    static final Duration LONGEST = Duration.ofMinutes(10);
    static final int SUCCESS_CHARS = 30_000;
    static final int FAILURE_CHARS = 10_000;

    private final Sandbox sandbox;

    BashTool(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public String name() {
        return "Bash";
    }

    @Override
    public String description() {
        return """
                Runs a bash command. Each command starts afresh in the workspace's directory: neither `cd` nor variables last. %s \
                Nothing outlives its command: no process, no background job, nothing in \
                /tmp or HOME; standard input is empty. It is killed after its timeout (default 2 minutes, at most 10). Longer output is \
                shown in part and saved as a file. Read, Write, Edit, Glob and Grep are better than cat, echo, sed, find and grep."""
                .formatted(sandbox.place());
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema()
                .required("command", "string", "The command")
                .optional("timeout", "integer", "Milliseconds until it is killed (default 120000, at most 600000)")
                .optional("description", "string", "What it does, in a few words")
                .optional("run_in_background", "boolean", "Not available here")
                .optional("dangerouslyDisableSandbox", "boolean", "Not available here")
                .build();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        String script = input.path("command").asText();
        long timeout = input.path("timeout").asLong(TIMEOUT.toMillis());
        if (input.path("run_in_background").asBoolean()) {
            return ToolResult
                    .error("run_in_background is not available: no process outlives its command. Start what you need and use"
                            + " it within one command, e.g. `npm start & sleep 2; curl -s localhost:3000/health; kill $!`.");
        }
        if (input.path("dangerouslyDisableSandbox").asBoolean()) {
            return ToolResult.error("dangerouslyDisableSandbox is not available. Run the command without it.");
        }
        if (script.isBlank() || script.indexOf('\0') >= 0) {
            return ToolResult.error("The command is empty, or contains a NUL character.");
        }
        if (timeout < 1 || timeout > LONGEST.toMillis()) {
            return ToolResult
                    .error("timeout must be between 1 and " + LONGEST.toMillis() + " milliseconds. Split longer work into"
                            + " several commands.");
        }
        var command = new Sandbox.Command(script, workspace.root(), start(workspace), Duration.ofMillis(timeout));
        return switch (sandbox.run(command)) {
            case Sandbox.Ended.Refused refused -> ToolResult.error(refused.reason());
            case Sandbox.Ended.TimedOut late -> ToolResult.error("Command timed out after " + seconds(timeout)
                    + " and was killed with all its processes.\n" + shown(late.output(), FAILURE_CHARS, workspace));
            case Sandbox.Ended.OverLimit over ->
                ToolResult.error("Command was killed with all its processes: " + over.excess().told()
                        + ".\n" + shown(over.output(), FAILURE_CHARS, workspace));
            case Sandbox.Ended.Exited ended when ExitRule.isError(script, ended.code()) -> ToolResult.error(
                    "Exit code " + ended.code() + "\n" + shown(ended.output(), FAILURE_CHARS, workspace));
            case Sandbox.Ended.Exited ended -> ToolResult.ok(shown(ended.output(), SUCCESS_CHARS, workspace)
                    + (ended.code() == 0 ? "" : "\n(exit code " + ended.code() + ")"),
                    ended.code() == 0 ? seen(script, ended.output(), workspace) : List.of());
        };
    }

    /** A command that showed a file counts as a Read of it, for Edit and Write. */
    private static List<FileSeen> seen(String script, Sandbox.Output output, Workspace workspace) throws InterruptedException {
        Optional<String> path = ReadCommandRule.file(script);
        if (path.isEmpty() || !(WorkspaceFile.at(workspace, path.get()) instanceof WorkspaceFile.Present file)
                || file.content().isBinary()) {
            return List.of();
        }
        boolean whole = output.droppedBytes() == 0 && output.text().length() <= SUCCESS_CHARS;
        return List.of(new FileSeen(file.path(), file.content().hash(), whole ? KnownFiles.READ : KnownFiles.PARTIAL));
    }

    /** The directory to start in may have been taken away since. */
    private static Path start(Workspace workspace) {
        return switch (workspace.resolve(".")) {
            case Workspace.Resolved.Inside inside when Files.isDirectory(inside.real()) -> inside.real();
            case Workspace.Resolved.Inside _,Workspace.Resolved.Outside _ -> workspace.root();
        };
    }

    private static String shown(Sandbox.Output output, int chars, Workspace workspace) {
        String text = output.text().stripTrailing();
        String lost = output.droppedBytes() == 0
                ? ""
                : "\n[" + output.droppedBytes() + " more bytes were written and are lost]";
        if (text.isEmpty()) {
            return "(no output)" + lost;
        }
        if (text.length() <= chars) {
            return text + lost;
        }
        String where = switch (SavedOutput.save(workspace, output.text())) {
            case SavedOutput.Saved saved -> "; the whole output is in " + saved.path() + ", read it in parts";
            case SavedOutput.Lost saved -> "; the whole output could not be saved: " + saved.reason();
        };
        String head = text.substring(0, whole(text, chars / 2));
        String tail = text.substring(whole(text, text.length() - chars / 2));
        return head + "\n[… " + (text.length() - head.length() - tail.length()) + " characters left out" + where + " …]\n" + tail
                + lost;
    }

    /** Not between the halves of a character. */
    private static int whole(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
