package dev.relais.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.event.WorkDispatched.Input;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.persona.Work;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.EscalateTool;
import dev.relais.worker.workspace.Workspace;

/** A task on its way through epochs, with doubles all round. */
final class Stage {
    static final int FOR_EVER = Integer.MAX_VALUE;
    static final Input REQUEST = new Input("request-1", InputKind.REQUEST, "Écris l'API.", null, null);

    final List<Entry> accepted = new ArrayList<>();
    final MemoryWorkspace.Remote remote = new MemoryWorkspace.Remote();
    final ScriptedModel model;
    final List<RunState> states = new ArrayList<>();
    Envelope envelope = Envelope.DEFAULT;
    int round = 1;
    private int epoch;
    private final Toolbox toolbox = new Toolbox(List.of(new Note("Read", true), new Note("Write", false), new EscalateTool()));

    Stage(ScriptedModel model) {
        this.model = model;
    }

    /** A tool that says what it did; a Write adds to its file, so that running it twice on the same tree would show. */
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
            return schema;
        }

        @Override
        public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) {
            if (!isReadOnly) {
                String path = input.path("file_path").asText();
                ((MemoryWorkspace) workspace).write(path.substring(Workspace.SEEN_AS.length() + 1),
                        input.path("content").asText());
            }
            return ToolResult.ok(name + " ran");
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
        var parts = new TaskRun.Parts(journal, model, toolbox, workspace, () -> {}, _ -> states.add(run[0].state()),
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
        return new WorkDispatched(plain.taskId(), Math.max(1, epoch), round, plain.agent(), plain.request(), 1, List.of(), 0,
                List.of(), envelope, 0, false);
    }

    Step next(int entries) {
        return StepRule.next(RunState.of(accepted.subList(0, entries)), Said.PERSONA, work(), Duration.ZERO);
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
