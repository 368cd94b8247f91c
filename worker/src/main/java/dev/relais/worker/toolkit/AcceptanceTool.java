package dev.relais.worker.toolkit;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

/** Runs a task's acceptance command where Bash runs, but any exit code other than 0 is a failure: here 1 is no answer. */
final class AcceptanceTool implements Tool {
    private static final int TAIL_CHARS = 20_000;

    private final Sandbox sandbox;

    AcceptanceTool(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public String name() {
        return AcceptanceRule.TOOL;
    }

    @Override
    public String description() {
        return "The worker's own: no model sees it.";
    }

    @Override
    public JsonNode inputSchema() {
        return new InputSchema().required("command", "string", "The command").build();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
        var command = new Sandbox.Command(input.path("command").asText(), workspace.root(), start(workspace), BashTool.LONGEST);
        return switch (sandbox.run(command)) {
            case Sandbox.Ended.Refused refused -> ToolResult.error(AcceptanceRule.notRun(refused.reason()));
            case Sandbox.Ended.TimedOut late -> ToolResult.error("timed out after " + BashTool.LONGEST.toMinutes() + " minutes\n"
                    + tail(late.output()));
            case Sandbox.Ended.OverLimit over -> ToolResult.error("killed: " + over.excess().told() + "\n" + tail(over.output()));
            case Sandbox.Ended.Exited ended when ended.code() != 0 ->
                ToolResult.error("exit code " + ended.code() + "\n" + tail(ended.output()));
            case Sandbox.Ended.Exited ended -> ToolResult.ok("exit code 0\n" + tail(ended.output()));
        };
    }

    /** The persona's commands start there too. */
    private static Path start(Workspace workspace) {
        Path start = workspace.start();
        return Files.isDirectory(start) ? start : workspace.root();
    }

    private static String tail(Sandbox.Output output) {
        String text = output.text().stripTrailing();
        int from = Math.max(0, text.length() - TAIL_CHARS);
        return from == 0 ? text : "[…]\n" + text.substring(from);
    }
}
