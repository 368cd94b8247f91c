package dev.relais.worker.run;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Concluded;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.JournalEntry.Heard;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.JournalEntry.ToolsRan;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.model.Answer;
import dev.relais.worker.model.Model;
import dev.relais.worker.model.Prompt;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.persona.SystemPrompt;
import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.policy.Inspection;
import dev.relais.worker.policy.InspectionRule;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.Askable;
import dev.relais.worker.workspace.Workspace;

/** One run of one task: THE loop. What it does next is decided by {@link StepRule}, and everything it does is an entry first. */
public final class TaskRun {
    private final WorkDispatched work;
    private final Persona persona;
    private final Parts parts;
    private final Instant began;
    /** The same for every turn. */
    private final String system;
    private RunState state;
    private Optional<Seen> seen = Optional.empty();

    /** @param snapshot that was looked at: the same snapshot shows the same, whoever looks */
    private record Seen(String snapshot, Inspection inspection) {}

    /**
     * What a run works with.
     *
     * @param tools the persona's, and the worker's own
     * @param admission awaited before each call, each tool and the push
     */
    public record Parts(RunJournal journal, Model model, Tools tools, Workspace workspace, Admission admission, RunEvents events,
            InstantSource clock) {}

    /**
     * @param checks what runs the acceptance commands
     * @param askable by an escalation
     */
    public record Tools(Toolbox persona, Toolbox checks, Askable askable) {}

    /** How the run left. */
    public sealed interface Left {
        /** The worker's key, bill or permission was refused. */
        String WORKER_REFUSED = "worker-refused";
        /** The worker's machine lacks something. */
        String WORKER_FAULT = "worker-fault";

        /** Its outcome is journaled. */
        record WithOutcome(String outcome) implements Left {}

        /** Not the task's fault: another worker, or this one later, goes on (rule 6). The caller journals {@code yielded}. */
        record Yielding(String reason, String detail) implements Left {}
    }

    /** @param state of the accepted prefix, this epoch's claim and inputs included */
    public TaskRun(WorkDispatched work, Persona persona, RunState state, Parts parts) {
        this.work = work;
        this.persona = persona;
        this.state = state;
        this.parts = parts;
        this.began = parts.clock().instant();
        this.system = SystemPrompt.of(persona);
    }

    /** @throws InterruptedException where the run is stopped, fenced or the worker shuts down */
    public Left run() throws InterruptedException {
        try {
            while (true) {
                switch (StepRule.next(state, persona, work, sight())) {
                    case Step.AskModel _ -> {
                        if (ask() instanceof Asked.Leave(Left left)) {
                            return left;
                        }
                    }
                    case Step.RunTools run -> runTools(run);
                    case Step.Inspect _ -> inspect();
                    case Step.Accept accept -> accept(accept.commands());
                    case Step.RefuseTools refuse -> record(refused(refuse));
                    case Step.Say say -> record(new Heard(say.what() + "/" + state.turns(), InputKind.WORKER, say.text(), null));
                    case Step.Alert alert -> record(new JournalEntry.Alerted(alert.escalation()));
                    case Step.Escalate escalate -> {
                        return conclude(new Conclusion.Escalated(escalate.escalation()));
                    }
                    case Step.Deliver deliver -> {
                        parts.admission().await();
                        return conclude(new Delivery(work, persona, state, parts.workspace(), elapsed()).of(deliver));
                    }
                    case Step.Fail(String reason, String detail) -> {
                        return conclude(failed(reason, detail));
                    }
                }
            }
        } catch (Workspace.Unreachable e) {
            return new Left.Yielding("workspace-unreachable", String.valueOf(e.getMessage()));
        } catch (Workspace.Invalid e) {
            return conclude(failed("workspace-invalid", String.valueOf(e.getMessage())));
        } catch (UncheckedIOException e) {
            // A full disk, a program that is missing: this worker's trouble, which another one need not have (rule 6).
            return new Left.Yielding(Left.WORKER_FAULT, String.valueOf(e.getMessage()));
        } catch (Workspace.Stopped e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        }
    }

    public RunState state() {
        return state;
    }

    private void record(JournalEntry entry) throws InterruptedException {
        state = state.after(parts.journal().append(entry));
        parts.events().recorded(entry);
    }

    private Left conclude(Conclusion conclusion) throws InterruptedException {
        record(new Concluded(conclusion));
        return new Left.WithOutcome(switch (conclusion) {
            case Conclusion.Delivered _ -> "delivered";
            case Conclusion.Escalated _ -> "escalated";
            case Conclusion.Failed _ -> "failed";
        });
    }

    /** What asking came to. */
    private sealed interface Asked {
        record GoOn() implements Asked {}

        record Leave(Left left) implements Asked {}
    }

    private Asked ask() throws InterruptedException {
        parts.admission().await();
        return switch (parts.model().ask(prompt())) {
            case Answer.Reply reply -> {
                record(new JournalEntry.Replied(reply.content(), reply.stopReason(), reply.model(), reply.usage(),
                        reply.costUsd(), reply.requestId(),
                        reply.millis()));
                yield new Asked.GoOn();
            }
            case Answer.Failed(Answer.Failure failure, String detail) -> failed(failure, detail);
        };
    }

    private Prompt prompt() {
        Frame frame = Objects.requireNonNull(state.frame(), "a run is asked for after its frame was accepted");
        return new Prompt(frame.model(), frame.maxTokens(), system, frame.tools(),
                state.conversation().messages());
    }

    private Asked failed(Answer.Failure failure, String detail) throws InterruptedException {
        return switch (failure) {
            case REFUSAL -> new Asked.Leave(conclude(failed("refusal", detail)));
            case CONTEXT_OVERFLOW -> new Asked.Leave(conclude(failed("context-overflow", detail)));
            case BAD_REQUEST -> new Asked.Leave(conclude(failed("bad-request", detail)));
            case REPLY_TOO_LARGE -> {
                if (state.askedSmaller()) {
                    yield new Asked.Leave(conclude(failed("reply-too-large", detail)));
                }
                record(new Heard(RunState.SMALLER + "/" + state.turns(), InputKind.WORKER,
                        persona.language().say(Phrase.SMALLER), null));
                yield new Asked.GoOn();
            }
            case WORKER_REFUSED -> new Asked.Leave(new Left.Yielding(Left.WORKER_REFUSED, detail));
            case UNAVAILABLE -> new Asked.Leave(new Left.Yielding("model-unavailable", detail));
        };
    }

    private void runTools(Step.RunTools run) throws InterruptedException {
        Instant start = parts.clock().instant();
        Toolbox.Ran ran = parts.tools().persona().run(run.calls(), parts.workspace(), state.files(), parts.admission());
        Workspace.Snapshot snapshot = parts.workspace().snapshot(ran.touched());
        Reply reply = Objects.requireNonNull(state.reply(), "tools run for a reply");
        var told = new Toolbox.Ran(TwiceRule.told(reply, work, ran.results()), ran.files(), ran.touched());
        record(KeptRule.entry(told, snapshot, Duration.between(start, parts.clock().instant())));
    }

    private void inspect() {
        seen = Optional.of(new Seen(Objects.requireNonNull(state.snapshot(), "nothing to look at"),
                InspectionRule.of(parts.workspace().diff(), persona.language())));
    }

    private StepRule.Sight sight() {
        return new StepRule.Sight(wall(),
                seen.filter(look -> look.snapshot().equals(state.snapshot())).map(Seen::inspection), parts.tools().askable());
    }

    /** The commands leave nothing behind: what they were run on is what is delivered, here and on a worker that resumes. */
    private void accept(List<String> commands) throws InterruptedException {
        Instant start = parts.clock().instant();
        parts.admission().await();
        parts.workspace().root();
        String commit = parts.workspace().snapshot() instanceof Workspace.Snapshot.Taken taken ? taken.commit() : null;
        var calls = new ArrayList<ToolCall>();
        for (String command : commands) {
            calls.add(new ToolCall(AcceptanceRule.id(calls.size()), AcceptanceRule.TOOL,
                    JsonNodeFactory.instance.objectNode().put("command", command), calls.size()));
        }
        Toolbox.Ran ran = parts.tools().checks().run(calls, parts.workspace(), state.files(), parts.admission());
        record(new ToolsRan(ran.results(), commit, List.of(), Duration.between(start, parts.clock().instant()).toMillis()));
        String kept = state.snapshot();
        if (kept == null) {
            // Nothing was ever kept: the commands ran on what the task began with.
            parts.workspace().undo();
        } else {
            parts.workspace().restore(kept);
        }
    }

    private static ToolsRan refused(Step.RefuseTools refuse) {
        List<ToolOutcome> results = refuse.calls().stream().map(call -> new ToolOutcome(call.id(), refuse.text(), true)).toList();
        return new ToolsRan(results, null, List.of(), 0);
    }

    private Conclusion failed(String reason, String detail) {
        return new Conclusion.Failed(
                new TaskFailed(work.taskId(), work.agent(), work.round(), reason, detail, state.snapshot(), true, state.usage(),
                        state.costUsd(), state.turns()));
    }

    private Duration elapsed() {
        return Duration.between(began, parts.clock().instant());
    }

    private Duration wall() {
        return elapsed().plusSeconds(work.wallSpent());
    }
}
