package dev.relais.worker.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.budget.BudgetRule;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.policy.Inspection;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.toolkit.Askable;

/** The next step of a run, from its state alone: the same on any worker that folds the same entries. */
public final class StepRule {
    private StepRule() {}

    /**
     * What is known beside the entries.
     *
     * @param wall spent over the task's life, this run's time included
     * @param inspection of the workspace as the state's last snapshot holds it; empty until somebody has looked
     * @param askable by the frame's persona and the settings of this worker
     */
    public record Sight(Duration wall, Optional<Inspection> inspection, Askable askable) {}

    public static Step next(RunState state, Persona persona, WorkDispatched work, Sight sight) {
        Reply reply = state.reply();
        if (reply == null) {
            return ask(state, work, sight.wall());
        }
        if (reply.calls().isEmpty()) {
            return state.hasNews() ? ask(state, work, sight.wall()) : FinalRule.next(state, reply, persona, work, sight);
        }
        if (!state.toolsRan() && reply.wasCut()) {
            return new Step.RefuseTools(reply.calls(), persona.language().say(Phrase.CUT_CALLS));
        }
        Optional<EscalationRule.Asked> aside = EscalationRule.aside(reply, state.raised(), sight.askable());
        if (aside.isPresent() && !reply.wasCut()) {
            // Before its result says so: what is in the prefix is not sent again.
            return new Step.Alert(EscalationRule.event(aside.get(), reply, persona, work));
        }
        Optional<EscalationRule.Asked> escalation = EscalationRule.blocking(reply, sight.askable());
        List<ToolCall> others = reply.calls().stream()
                .filter(call -> escalation.isEmpty() || call.place() != escalation.get().place()).toList();
        if (!state.toolsRan() && !others.isEmpty()) {
            return new Step.RunTools(others);
        }
        if (escalation.isPresent() && !reply.wasCut() && !state.raised().contains(raised(reply, escalation.get().place()))) {
            return new Step.Escalate(EscalationRule.event(escalation.get(), reply, persona, work));
        }
        return ask(state, work, sight.wall());
    }

    static Raised raised(Reply reply, int place) {
        return new Raised(reply.epoch(), reply.sequence(), place);
    }

    private static Step ask(RunState state, WorkDispatched work, Duration wall) {
        return switch (BudgetRule.left(work.envelope(), state.turns(), wall)) {
            case BudgetRule.Left.Enough _ -> new Step.AskModel();
            case BudgetRule.Left.Spent(String reason, String detail) -> new Step.Fail(reason, detail);
        };
    }
}
