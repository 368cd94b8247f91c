package dev.relais.worker;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.JournalReader;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.model.Model;
import dev.relais.worker.persona.Hearing;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.run.RunEvents;
import dev.relais.worker.run.RunState;
import dev.relais.worker.run.TaskRun;
import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.tool.CommandRule;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.Askable;
import dev.relais.worker.toolkit.EscalateTool;
import dev.relais.worker.toolkit.Toolkit;
import dev.relais.worker.workspace.Workspace;
import dev.relais.worker.workspace.Workspaces;

/** Puts a run together: the accepted prefix folded, the frame's persona, its tools, a workspace at its last snapshot. */
final class PersonaRuns implements RunFactory {
    private static final int FRAME_VERSION = 1;
    private static final int MAX_TOKENS = 32_000;

    private final Persona own;
    private final String host;
    private final Tools tools;
    private final Optional<Tools> toNetwork;
    private final Surroundings around;
    private final Frame frame;

    /**
     * The tools that there are, by what a persona lists.
     *
     * @param checks what the worker itself runs on a deliverable
     * @param registry every agent that exists
     */
    record Tools(List<Tool> all, List<Tool> checks, List<AgentName> registry) {
        static Tools in(Sandbox sandbox, List<AgentName> registry) {
            return new Tools(Toolkit.standard(sandbox), Toolkit.checks(sandbox), registry);
        }

        Tools {
            all = List.copyOf(all);
            checks = List.copyOf(checks);
            registry = List.copyOf(registry);
        }

        TaskRun.Tools of(Persona persona) {
            Askable askable = Askable.of(persona.routes(), registry);
            var chosen = new ArrayList<Tool>(all.stream().filter(tool -> persona.tools().contains(tool.name())).toList());
            chosen.add(new EscalateTool(askable));
            return new TaskRun.Tools(new Toolbox(chosen, new CommandRule(persona.commands())), new Toolbox(checks), askable);
        }
    }

    record Surroundings(JournalReader reader, Model model, Workspaces workspaces, RunEvents events,
            InstantSource clock) {}

    PersonaRuns(Persona own, String host, Tools tools, Surroundings around) {
        this(own, host, tools, Optional.empty(), around);
    }

    /** @param toNetwork for tasks that ask for the network; empty where the operator does not allow it */
    PersonaRuns(Persona own, String host, Tools tools, Optional<Tools> toNetwork, Surroundings around) {
        this.toNetwork = toNetwork;
        this.own = own;
        this.host = host;
        this.tools = tools;
        this.around = around;
        this.frame = new Frame(FRAME_VERSION, own.text(), own.hash(), tools.of(own).persona().schemas(), own.model(), MAX_TOKENS,
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
    public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal, Admission admission)
            throws InterruptedException {
        return switch (around.reader().read(work.journalPartition(), work.offsets())) {
            case JournalReader.Prefix.Gone(long _, String detail) ->
                end(work, heard(RunState.of(claimed), own, work, claimed, journal), journal, "journal-gone", detail);
            case JournalReader.Prefix.Read(List<Entry> prefix) -> {
                var all = new ArrayList<>(prefix);
                all.addAll(claimed);
                yield run(work, RunState.of(all), claimed, new Ties(journal, admission));
            }
        };
    }

    /** What ties a run to the log. */
    private record Ties(RunJournal journal, Admission admission) {}

    private TaskRun.Left run(WorkDispatched work, RunState state, List<Entry> claimed, Ties ties) throws InterruptedException {
        RunJournal journal = ties.journal();
        Frame frame = state.frame();
        if (frame == null) {
            return end(work, heard(state, own, work, claimed, journal), journal, "journal-gone",
                    "no accepted claim carries the task's frame");
        }
        return switch (read(frame.persona())) {
            case PersonaFile.Refused refused ->
                end(work, heard(state, own, work, claimed, journal), journal, "persona-unreadable",
                        "this release does not read the persona that the task was framed with: " + refused.message());
            case PersonaFile.Parsed(Persona persona) ->
                run(work, persona, heard(state, persona, work, claimed, journal), ties);
        };
    }

    private TaskRun.Left run(WorkDispatched work, Persona persona, RunState state, Ties ties) throws InterruptedException {
        if (!TaskRequested.OPEN.equals(work.request().network())) {
            return run(work, persona, state, ties, tools);
        }
        if (toNetwork.isEmpty()) {
            return end(work, state, ties.journal(), "network-not-allowed",
                    "the task asks for network: open, which the operator of this worker does not allow; set RELAIS_SANDBOX_NETWORK=open"
                            + " on the workers, or submit the task without it");
        }
        return run(work, persona, state, ties, toNetwork.get());
    }

    private TaskRun.Left run(WorkDispatched work, Persona persona, RunState state, Ties ties, Tools its)
            throws InterruptedException {
        try (Workspace workspace = around.workspaces().open(work.taskId(), work.epoch(), work.request().workspace(),
                state.snapshot())) {
            var parts = new TaskRun.Parts(ties.journal(), around.model(), its.of(persona), workspace, ties.admission(),
                    around.events(), around.clock());
            return new TaskRun(work, persona, state, parts).run();
        }
    }

    /** Reading a file is most of what a short run costs, and nearly every frame holds the file that this worker has read already. */
    private PersonaFile.Reading read(String text) {
        return text.equals(own.text()) ? new PersonaFile.Parsed(own) : PersonaFile.parse(text);
    }

    /** What this dispatch brings and its claim did not say, in the voice of the frame's persona. An input that is never heard would be dispatched for ever. */
    private RunState heard(RunState state, Persona persona, WorkDispatched work, List<Entry> claimed, RunJournal journal)
            throws InterruptedException {
        RunState now = state;
        for (WorkDispatched.Input input : work.inputs()) {
            boolean isHeard = claimed.stream().anyMatch(
                    entry -> entry.body() instanceof JournalEntry.Heard heard && heard.input().equals(input.id()));
            if (!isHeard) {
                Entry entry = journal.append(Hearing.of(input, work, persona));
                around.events().recorded(entry.body());
                now = now.after(entry);
            }
        }
        return now;
    }

    private static TaskRun.Left end(WorkDispatched work, RunState state, RunJournal journal, String reason, String detail)
            throws InterruptedException {
        var failure = new TaskFailed(work.taskId(), work.agent(), work.round(), reason, detail, state.snapshot(), true,
                state.usage(), state.costUsd(), state.turns());
        journal.append(new JournalEntry.Concluded(new Conclusion.Failed(failure)));
        return new TaskRun.Left.WithOutcome("failed");
    }
}
