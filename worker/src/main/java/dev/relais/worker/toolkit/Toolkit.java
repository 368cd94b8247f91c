package dev.relais.worker.toolkit;

import java.time.InstantSource;
import java.util.List;

import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.tool.Tool;

/** The tools that this release has. A persona's list chooses among them. */
public final class Toolkit {
    private Toolkit() {}

    /** Read, Write, Edit, Bash, Glob, Grep. None holds a state of any run. */
    public static List<Tool> standard(Sandbox sandbox) {
        return standard(sandbox, InstantSource.system());
    }

    static List<Tool> standard(Sandbox sandbox, InstantSource clock) {
        return List.of(new ReadTool(clock), new WriteTool(), new EditTool(), new BashTool(sandbox), new GlobTool(clock),
                new GrepTool(clock));
    }

    /** What the worker itself runs on a deliverable, in the same sandbox. */
    public static List<Tool> checks(Sandbox sandbox) {
        return List.of(new AcceptanceTool(sandbox));
    }
}
