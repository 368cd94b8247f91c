package dev.relais.worker.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/** The tools of one persona, and how a reply's calls run through them (rule 4). Holds no state of any run. */
public final class Toolbox {
    private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);

    private final Map<String, Tool> byName = new TreeMap<>();
    private final List<Tool> tools;
    private final CallGuard guard;

    public Toolbox(List<Tool> tools) {
        this(tools, CallGuard.OPEN);
    }

    public Toolbox(List<Tool> tools, CallGuard guard) {
        this.tools = List.copyOf(tools);
        this.guard = guard;
        this.tools.forEach(tool -> byName.put(tool.name(), tool));
    }

    /**
     * What a turn's calls came to.
     *
     * @param results one a call, in the calls' order, cut to what an entry may hold
     * @param files in the order in which they were seen
     * @param touched what a snapshot must look at
     */
    public record Ran(List<ToolOutcome> results, List<FileSeen> files, Touched touched) {
        public Ran {
            results = List.copyOf(results);
            files = List.copyOf(files);
        }

        public boolean mayHaveChanged() {
            return !(touched instanceof Touched.Nothing);
        }
    }

    /** An array of {name, description, input_schema}, in the order given to the constructor. */
    public JsonNode schemas() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Tool tool : tools) {
            array.addObject().put("name", tool.name()).put("description", tool.description()).set("input_schema",
                    tool.inputSchema());
        }
        return array;
    }

    /**
     * Runs the calls to their ends. Whatever goes wrong inside a call is its result; only the workspace's own failures pass through.
     *
     * @param admission awaited before each call or group of read-only ones
     * @throws InterruptedException where the run is stopped; nothing that a call started runs any more then
     * @throws Workspace.Unreachable where the first use of the workspace could not make it
     * @throws Workspace.Invalid where the task names a repository or ref that does not exist
     */
    public Ran run(List<ToolCall> calls, Workspace workspace, KnownFiles known, Admission admission) throws InterruptedException {
        var results = new HashMap<ToolCall, ToolResult>();
        var files = new ArrayList<FileSeen>();
        KnownFiles seen = known;
        Touched touched = new Touched.Nothing();
        for (List<ToolCall> group : OrderRule.groups(calls, this::isReadOnly)) {
            admission.await();
            if (Thread.interrupted()) {
                // A worker that leaves has a hundred runs and five seconds: none of them starts what is stopped at once.
                throw new InterruptedException("the run was stopped before " + group.getFirst().name());
            }
            Touched now = new Touched.Nothing();
            for (ToolCall call : group) {
                now = now.and(touches(call, workspace));
            }
            touched = touched.and(now);
            try {
                results.putAll(runGroup(group, workspace, seen));
            } finally {
                handOver(workspace, now);
            }
            for (ToolCall call : group) {
                List<FileSeen> looked = of(results, call).files();
                looked.stream().filter(file -> file.access().equals(KnownFiles.WRITTEN))
                        .forEach(file -> handOver(workspace, file.path()));
                seen = seen.and(looked);
                files.addAll(looked);
            }
        }
        List<ToolResult> inOrder = calls.stream().map(call -> of(results, call)).toList();
        var cutter = new Cutter(workspace);
        List<ToolOutcome> outcomes = cutter.outcomes(calls, inOrder);
        return new Ran(outcomes, files, touched.and(cutter.touched()));
    }

    /** Before the call runs: it may change where its path leads to. */
    private Touched touches(ToolCall call, Workspace workspace) {
        Tool tool = byName.get(call.name());
        return tool != null
                && InputRule.check(tool.name(), tool.inputSchema(), call.input()) instanceof InputRule.Checked.Valid valid
                        ? tool.touches(valid.input(), workspace)
                        : new Touched.Nothing();
    }

    /** Whatever the calls answered: a file that could not be written may have got its directories. */
    private static void handOver(Workspace workspace, Touched now) {
        if (now instanceof Touched.Paths(Set<String> paths)) {
            paths.forEach(path -> handOver(workspace, path));
        }
    }

    private static void handOver(Workspace workspace, String path) {
        if (workspace.resolve(Workspace.SEEN_AS + "/" + path) instanceof Workspace.Resolved.Inside inside) {
            workspace.madeByATool(inside.real());
        }
    }

    private static ToolResult of(Map<ToolCall, ToolResult> results, ToolCall call) {
        ToolResult result = results.get(call);
        if (result == null) {
            throw new IllegalStateException("call " + call.id() + " has no result");
        }
        return result;
    }

    /** A call of a tool that does not exist changes nothing. */
    private boolean isReadOnly(ToolCall call) {
        Tool tool = byName.get(call.name());
        return tool == null || tool.isReadOnly();
    }

    private Map<ToolCall, ToolResult> runGroup(List<ToolCall> group, Workspace workspace, KnownFiles known)
            throws InterruptedException {
        if (group.size() == 1) {
            return Map.of(group.getFirst(), runOne(group.getFirst(), workspace, known));
        }
        var results = new HashMap<ToolCall, ToolResult>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<ToolResult>>();
            for (ToolCall call : group) {
                Callable<ToolResult> one = () -> runOne(call, workspace, known);
                running.add(executor.submit(one));
            }
            try {
                for (int i = 0; i < group.size(); i++) {
                    results.put(group.get(i), running.get(i).get());
                }
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw unwrapped(e);
            } catch (InterruptedException e) {
                executor.shutdownNow();
                throw e;
            }
        }
        return results;
    }

    private static RuntimeException unwrapped(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case InterruptedException stopped -> throw stopped;
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException("a tool's thread ended strangely", e);
        };
    }

    private ToolResult runOne(ToolCall call, Workspace workspace, KnownFiles known) throws InterruptedException {
        Tool tool = byName.get(call.name());
        if (tool == null) {
            return ToolResult.error(NoSuchToolRule.told(call.name(), byName.keySet()));
        }
        return switch (InputRule.check(tool.name(), tool.inputSchema(), call.input())) {
            case InputRule.Checked.Invalid wrong -> ToolResult.error(wrong.text());
            case InputRule.Checked.Valid valid -> {
                Optional<String> refusal = guard.refusal(tool.name(), valid.input());
                yield refusal.isPresent()
                        ? ToolResult.error(refusal.get())
                        : guarded(tool, valid.input(), workspace, known);
            }
        };
    }

    private static ToolResult guarded(Tool tool, JsonNode input, Workspace workspace, KnownFiles known)
            throws InterruptedException {
        try {
            return tool.run(input, workspace, known);
        } catch (Workspace.Unreachable | Workspace.Invalid e) {
            throw e;
        } catch (Workspace.Stopped e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("the tool {} failed on an input that it should have handled", tool.name(), e);
            return ToolResult.error(tool.name() + " failed inside Relais (" + e.getClass().getSimpleName()
                    + "); this was logged. Try another way.");
        }
    }
}
