package dev.relais.worker.tool;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/** One tool that a persona may call. */
public interface Tool {
    /** As the persona lists it: {@code Read}. */
    String name();

    /** What the model is told. */
    String description();

    /** JSON Schema of the input. */
    JsonNode inputSchema();

    /** A tool that changes nothing runs beside its read-only neighbours. */
    boolean isReadOnly();

    /**
     * What the call may change in the workspace, whatever becomes of it. Asked before it runs, of input that has the schema's form.
     */
    default Touched touches(JsonNode input, Workspace workspace) {
        return isReadOnly() ? new Touched.Nothing() : new Touched.Anything();
    }

    /**
     * Runs the call to its end, or to its limit. Wrong input is a result with {@code isError}, never an exception.
     *
     * @param known what the conversation has seen before this call
     * @throws InterruptedException where the run is stopped; whatever the call started is dead then
     */
    ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException;
}
