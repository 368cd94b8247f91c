package dev.relais.worker;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.JournalReader;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.model.Model;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.run.RunEvents;
import dev.relais.worker.run.RunState;
import dev.relais.worker.run.TaskRun;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.EscalateTool;
import dev.relais.worker.workspace.Workspace;
import dev.relais.worker.workspace.Workspaces;

/** Puts a run together: the accepted prefix folded, the frame's persona, its tools, a workspace at its last snapshot. */
final class PersonaRuns implements RunFactory {
    private static final int FRAME_VERSION = 1;
    private static final int MAX_TOKENS = 32_000;

    private final Persona own;
    private final String host;
    private final Tools tools;
    private final Surroundings around;
    private final Frame frame;

    /** The tools that there are, by what a persona lists. */
    record Tools(List<Tool> all) {
        Tools {
            all = List.copyOf(all);
        }

        Toolbox of(Persona persona) {
            var chosen = new ArrayList<Tool>(all.stream().filter(tool -> persona.tools().contains(tool.name())).toList());
            chosen.add(new EscalateTool());
            return new Toolbox(chosen);
        }
    }

    record Surroundings(JournalReader reader, Model model, Workspaces workspaces, TaskRun.Admission admission, RunEvents events,
            InstantSource clock) {}

    PersonaRuns(Persona own, String host, Tools tools, Surroundings around) {
        this.own = own;
        this.host = host;
        this.tools = tools;
        this.around = around;
        this.frame = new Frame(FRAME_VERSION, own.text(), own.hash(), tools.of(own).schemas(), own.model(), MAX_TOKENS,
                Workspace.SEEN_AS);
    }

    @Override
    public Persona persona() {
        return own;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal) throws InterruptedException {
        return switch (around.reader().read(work.journalPartition(), work.offsets())) {
            case JournalReader.Prefix.Gone(long _, String detail) -> end(work, journal, "journal-gone", detail);
            case JournalReader.Prefix.Read(List<Entry> prefix) -> {
                var all = new ArrayList<>(prefix);
                all.addAll(claimed);
                yield run(work, RunState.of(all), journal);
            }
        };
    }

    private TaskRun.Left run(WorkDispatched work, RunState state, RunJournal journal) throws InterruptedException {
        if (state.frame() == null) {
            return end(work, journal, "journal-gone", "no accepted claim carries the task's frame");
        }
        return switch (persona(Objects.requireNonNull(state.frame()).persona())) {
            case PersonaFile.Refused refused -> end(work, journal, "persona-unreadable",
                    "this release does not read the persona that the task was framed with: " + refused.message());
            case PersonaFile.Parsed(Persona persona) -> {
                try (Workspace workspace = around.workspaces().open(work.taskId(), work.epoch(), work.request().workspace(),
                        state.snapshot())) {
                    var parts = new TaskRun.Parts(journal, around.model(), tools.of(persona), workspace, around.admission(),
                            around.events(),
                            around.clock());
                    yield new TaskRun(work, persona, state, parts).run();
                }
            }
        };
    }

    /** Nearly every task is framed with this worker's own persona, which it has read already. */
    private PersonaFile.Reading persona(String text) {
        return text.equals(own.text()) ? new PersonaFile.Parsed(own) : PersonaFile.parse(text);
    }

    private static TaskRun.Left end(WorkDispatched work, RunJournal journal, String reason, String detail)
            throws InterruptedException {
        var failure = new TaskFailed(work.taskId(), work.agent(), work.round(), reason, detail, null, true, Usage.NONE, null, 0);
        journal.append(new JournalEntry.Concluded(new Conclusion.Failed(failure)));
        return new TaskRun.Left.WithOutcome("failed");
    }
}
