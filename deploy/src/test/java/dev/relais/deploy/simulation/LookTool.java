package dev.relais.deploy.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

/** A tool whose result follows from its input. */
final class LookTool implements Tool {
    @Override
    public String name() {
        return "Look";
    }

    @Override
    public String description() {
        return "Looks.";
    }

    @Override
    public JsonNode inputSchema() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) {
        return ToolResult.ok("seen at turn " + input.path("turn").asInt());
    }
}
