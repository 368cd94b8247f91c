package dev.relais.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.persona.Work;
import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.policy.Inspection;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.Askable;
import dev.relais.worker.toolkit.EscalateTool;
import dev.relais.worker.workspace.Workspace;

/** A task on its way through epochs, with doubles all round. */
final class Stage {
    /** The persona's table, and one that exists off it. */
    static final Askable ASKABLE = Askable.of(Said.PERSONA.routes(), List.of(new AgentName("backend-dev"), new AgentName("qa")));
    static final StepRule.Sight NOTHING_SEEN = new StepRule.Sight(Duration.ZERO, Optional.of(Inspection.NOTHING),
            ASKABLE);
    static final int FOR_EVER = Integer.MAX_VALUE;
    static final Input REQUEST = new Input("request-1", InputKind.REQUEST, "Écris l'API.", null, null);

    final List<Entry> accepted = new ArrayList<>();
    final MemoryWorkspace.Remote remote = new MemoryWorkspace.Remote();
    final ScriptedModel model;
    final List<RunState> states = new ArrayList<>();
    Envelope envelope = Envelope.DEFAULT;
    /** The task's acceptance commands, and what each run of all of them comes to in turn: true passes; the last stays. */
    List<String> acceptance = List.of();
    List<Boolean> acceptanceEnds = List.of(true);
    int acceptanceRuns;
    int round = 1;
    String network = "none";
    private int epoch;
    private final Toolbox toolbox = new Toolbox(
            List.of(new Note("Read", true), new Note("Write", false), new Note("Bash", false), new EscalateTool(ASKABLE)));
    private final Toolbox checks = new Toolbox(List.of(new Accepting(this)));

    Stage(ScriptedModel model) {
        this.model = model;
    }

    /**
     * A tool that says what it did; a Write adds to its file, so that running it twice on the same tree would show, but replaces it with what begins with a
     * dash.
     */
    private record Note(String name, boolean isReadOnly) implements Tool {
        @Override
        public String description() {
            return name;
        }

        @Override
        public JsonNode inputSchema() {
            var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
            var properties = schema.putObject("properties");
            properties.putObject("file_path").put("type", "string");
            properties.putObject("content").put("type", "string");
            properties.putObject("command").put("type", "string");
            return schema;
        }

        @Override
        public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) {
            if (name.equals("Bash") && input.path("command").asText().contains("fail")) {
                return ToolResult.error("Exit code 1\n1 failed");
            }
            if (name.equals("Write")) {
                String path = input.path("file_path").asText();
                if (input.path("content").asText().startsWith("-")) {
                    ((MemoryWorkspace) workspace).files().remove(path.substring(Workspace.SEEN_AS.length() + 1));
                }
                ((MemoryWorkspace) workspace).write(path.substring(Workspace.SEEN_AS.length() + 1),
                        input.path("content").asText().replaceFirst("^-", ""));
            }
            return ToolResult.ok(name + " ran");
        }
    }

    /** Runs the acceptance commands, and leaves something behind that must not be delivered. */
    private record Accepting(Stage stage) implements Tool {
        @Override
        public String name() {
            return AcceptanceRule.TOOL;
        }

        @Override
        public String description() {
            return name();
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public JsonNode inputSchema() {
            var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
            schema.putObject("properties").putObject("command").put("type", "string");
            return schema;
        }

        @Override
        public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) {
            ((MemoryWorkspace) workspace).write("coverage/report.txt", "run " + stage.acceptanceRuns);
            int run = stage.acceptanceRuns++;
            boolean passes = stage.acceptanceEnds.get(Math.min(run, stage.acceptanceEnds.size() - 1));
            return passes ? ToolResult.ok("exit code 0\nfine") : ToolResult.error("exit code 1\n2 tests failed");
        }
    }

    /** The next epoch, to its end. */
    TaskRun.Left run(Input... inputs) throws InterruptedException {
        return run(FOR_EVER, inputs);
    }

    /** The next epoch, on a worker that dies when so many entries are accepted. */
    TaskRun.Left run(int diesAt, Input... inputs) throws InterruptedException {
        epoch++;
        var journal = new InMemoryJournal(accepted, epoch, diesAt);
        RunState state = RunState.of(journal.read());
        state = state.after(journal.append(new JournalEntry.Claimed("host", state.frame() == null ? frame() : null)));
        for (Input input : inputs) {
            state = state.after(journal.append(new JournalEntry.Heard(input.id(), input.kind(), input.text(), input.raised())));
        }
        var workspace = new MemoryWorkspace(remote, state.snapshot());
        var run = new TaskRun[1];
        var parts = new TaskRun.Parts(journal, model, new TaskRun.Tools(toolbox, checks, ASKABLE), workspace, () -> {},
                _ -> states.add(run[0].state()),
                InstantSource.fixed(Instant.EPOCH));
        run[0] = new TaskRun(work(), Said.PERSONA, state, parts);
        return run[0].run();
    }

    private Frame frame() {
        return new Frame(1, Said.PERSONA.text(), Said.PERSONA.hash(), toolbox.schemas(), Said.PERSONA.model(), 1_000,
                Workspace.SEEN_AS);
    }

    WorkDispatched work() {
        WorkDispatched plain = Work.plain(round);
        TaskRequested r = plain.request();
        var request = new TaskRequested(r.request(), r.taskId(), r.agent(), r.title(), r.project(), r.mode(), r.context(),
                r.constraints(), r.expected(), r.workspace(), acceptance, network, r.envelope(), r.priority(),
                r.orderingKey(), r.after(), r.deadline(), r.labels());
        return new WorkDispatched(plain.taskId(), Math.max(1, epoch), round, plain.agent(), request, 1, List.of(), 0,
                List.of(), envelope, 0, false);
    }

    Step next(int entries) {
        return StepRule.next(RunState.of(accepted.subList(0, entries)), Said.PERSONA, work(), NOTHING_SEEN);
    }

    <E extends JournalEntry> Stream<E> entries(Class<E> type) {
        return accepted.stream().map(Entry::body).filter(type::isInstance).map(type::cast);
    }

    Conclusion conclusion() {
        return ((JournalEntry.Concluded) accepted.getLast().body()).conclusion();
    }

    DeliverablePublished delivered() {
        return ((Conclusion.Delivered) conclusion()).deliverable();
    }

    String failure() {
        return ((Conclusion.Failed) conclusion()).failure().reason();
    }

    static Input answer(String id, Raised raised) {
        return new Input(id, InputKind.ANSWER, "Réponse de " + id, raised, "architecte");
    }

    static Input message(String id) {
        return new Input(id, InputKind.MESSAGE, "Message " + id, null, null);
    }
}
