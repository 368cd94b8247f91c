package dev.relais.worker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.PersonaRef;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.contract.DeliverableBlock;
import dev.relais.worker.contract.StatusRule;
import dev.relais.worker.persona.Blocking;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.workspace.Workspace;
import dev.relais.worker.workspace.Workspace.Publication;

/** Makes the deliverable of a final reply: what it claims beside what the workspace says, its branch pushed before it is concluded. */
final class Delivery {
    private final WorkDispatched work;
    private final Persona persona;
    private final RunState state;
    private final Workspace workspace;
    private final Duration elapsed;

    Delivery(WorkDispatched work, Persona persona, RunState state, Workspace workspace, Duration elapsed) {
        this.work = work;
        this.persona = persona;
        this.state = state;
        this.workspace = workspace;
        this.elapsed = elapsed;
    }

    Conclusion of(Step.Deliver deliver) {
        Optional<DeliverableBlock> block = deliver.check().readBlock();
        // A task that ran no tool has no workspace, and making one only to find it empty would cost a checkout.
        boolean touched = state.snapshot() != null;
        Digest digest = Digest.of(work.taskId(), work.round(), touched ? workspace.tree() : "",
                block.map(DeliverableBlock::raw).orElse(deliver.text()));
        String summary = block.map(DeliverableBlock::summary).orElse(null);
        Publication published = touched
                ? workspace.publish(work.round(), work.agent(), message(summary))
                : new Publication.Nothing();
        StatusRule.Standing standing = StatusRule.standing(deliver.check());
        var evidence = new ArrayList<>(standing.evidence());
        Blocking.missing(work.request(), persona).forEach(missing -> evidence.add(
                "request: " + missing.code() + " was not given, which the persona calls blocking"));
        EvidenceRule.Verified verified = EvidenceRule.of(standing.verified(), deliver, state, work, persona.language());
        evidence.addAll(verified.evidence());
        var lowered = new StatusRule.Standing(standing.claimed(), verified.status(), List.of());
        return switch (published) {
            case Publication.Refused(String reason) ->
                new Conclusion.Failed(new TaskFailed(work.taskId(), work.agent(), work.round(), "push-refused",
                        reason + "; the work is in the snapshot", state.snapshot(), true, state.usage(), state.costUsd(),
                        state.turns()));
            case Publication.Nothing _ -> delivered(deliver, block, lowered, evidence, digest, null);
            case Publication.Pushed pushed -> {
                evidence.add("branch " + pushed.branch() + " is pushed at " + pushed.commit());
                yield delivered(deliver, block, lowered, evidence, digest, pushed);
            }
        };
    }

    private Conclusion delivered(Step.Deliver deliver, Optional<DeliverableBlock> block, StatusRule.Standing standing,
            List<String> evidence, Digest digest, Publication.@Nullable Pushed pushed) {
        String model = state.model() == null ? persona.model() : state.model();
        return new Conclusion.Delivered(Fitting.cut(new DeliverablePublished(work.taskId(), work.agent(), work.round(),
                block.map(DeliverableBlock::type).orElse(null), deliver.files().files(), standing.claimed(), standing.verified(),
                block.map(DeliverableBlock::summary).orElse(null), deliver.text(), evidence,
                pushed == null ? null : pushed.repository(),
                pushed == null ? null : pushed.branch(), pushed == null ? null : pushed.commit(), digest, state.usage(),
                state.costUsd(), state.turns(),
                elapsed, Objects.requireNonNull(model), new PersonaRef(persona.name(), persona.hash()))));
    }

    private String message(@Nullable String summary) {
        String title = work.request().title();
        String first = title == null ? "Task " + work.taskId() : title;
        return first + "\n\n" + (summary == null ? "" : summary + "\n\n") + "Relais-Task: " + work.taskId() + "\nRelais-Round: "
                + work.round() + "\n";
    }
}
