package dev.relais.worker.run;

import java.util.List;
import java.util.Optional;

import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.budget.BudgetRule;
import dev.relais.worker.contract.ContractRule;
import dev.relais.worker.contract.DeliverableBlock;
import dev.relais.worker.contract.DeliverableBlock.Status;
import dev.relais.worker.contract.StatusRule;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.policy.AlertRule;
import dev.relais.worker.policy.FileClaimRule;
import dev.relais.worker.policy.Inspection;
import dev.relais.worker.policy.SecretVoice;

/**
 * What happens to a reply that calls no tool, in this order: its form is repaired, a blocked one is asked to escalate, secrets and files that were never written
 * are sent back, the acceptance commands run, others are told of what the diff shows, and it is delivered. Each step is an entry that the next one finds in the state.
 */
final class FinalRule {
    private static final int MOST_CUTS = 3;

    private FinalRule() {}

    static Step next(RunState state, Reply reply, Persona persona, WorkDispatched work, StepRule.Sight sight) {
        Language language = persona.language();
        if (reply.wasCut() && state.cuts() < MOST_CUTS) {
            return new Step.Say(RunState.GO_ON, language.say(Phrase.CUT_TEXT));
        }
        ContractRule.Check check = ContractRule.check(state.said(), persona, work.mode());
        if (check instanceof ContractRule.Broken broken && !state.repaired()) {
            return new Step.Say(RunState.REPAIR, broken.repairText());
        }
        boolean canAsk = BudgetRule.left(work.envelope(), state.turns(), sight.wall()) instanceof BudgetRule.Left.Enough;
        if (isBlocked(check) && canAsk && !state.checks().askedToEscalate()
                && !state.raised().contains(StepRule.raised(reply, Raised.WHOLE_REPLY))) {
            return new Step.Say(Checks.ESCALATE, language.say(Phrase.ASK_TO_ESCALATE));
        }
        // A task that ran no tool has no workspace, and making one only to find it empty would cost a checkout.
        Optional<Inspection> inspection = state.snapshot() == null ? Optional.of(Inspection.NOTHING) : sight.inspection();
        return inspection.map(seen -> new Final(state, reply, check, seen, canAsk).next(persona, work))
                .orElseGet(Step.Inspect::new);
    }

    /** A reply whose form is settled, with what its diff shows. Each step is taken once it has nothing more to say. */
    private record Final(RunState state, Reply reply, ContractRule.Check check, Inspection inspection, boolean canAsk) {
        Step next(Persona persona, WorkDispatched work) {
            FileClaimRule.Held held = held(work);
            Language language = persona.language();
            return secrets(language).or(() -> files(held, language)).or(() -> acceptance(work.request().acceptance(), language))
                    .orElseGet(() -> delivery(held, persona, work));
        }

        private FileClaimRule.Held held(WorkDispatched work) {
            Source source = work.request().workspace();
            List<String> claimed = check.readBlock().map(DeliverableBlock::files).orElse(List.of());
            return FileClaimRule.hold(inspection.changes(), claimed, source == null ? null : source.subdirectory());
        }

        private Optional<Step> secrets(Language language) {
            if (inspection.secrets().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(state.checks().toldOfSecrets() || !canAsk
                    ? new Step.Fail("secret-in-deliverable", SecretVoice.detail(inspection.secrets()))
                    : new Step.Say(Checks.SECRETS, SecretVoice.toPersona(inspection.secrets(), language)));
        }

        /** Only where it decides something: what waits keeps its status, and what is broken is unverified already. */
        private Optional<Step> files(FileClaimRule.Held held, Language language) {
            boolean goesBack = !held.unfounded().isEmpty() && check instanceof ContractRule.Kept && !waits(check)
                    && !state.checks().toldOfFiles() && canAsk;
            return goesBack
                    ? Optional.of(new Step.Say(Checks.FILES, FileClaimRule.toPersona(held.unfounded(), language)))
                    : Optional.empty();
        }

        private Optional<Step> acceptance(List<String> commands, Language language) {
            Checks checks = state.checks();
            if (commands.isEmpty() || waits(check)) {
                return Optional.empty();
            }
            if (checks.acceptance().isEmpty()) {
                return Optional.of(new Step.Accept(commands));
            }
            boolean goesBack = AcceptanceRule.failed(checks.acceptance()) && checks.returns() < AcceptanceRule.MOST_RETURNS;
            return goesBack && canAsk
                    ? Optional.of(new Step.Say(Checks.ACCEPTANCE,
                            AcceptanceRule.toPersona(commands, checks.acceptance(), checks.returns(), language)))
                    : Optional.empty();
        }

        private Step delivery(FileClaimRule.Held held, Persona persona, WorkDispatched work) {
            Raised whole = StepRule.raised(reply, Raised.WHOLE_REPLY);
            Optional<EscalationRaised> alert = AlertRule.next(inspection, state.checks().spoken(), persona, work, whole);
            if (alert.isPresent()) {
                return new Step.Alert(alert.get());
            }
            var deliver = new Step.Deliver(state.finalText(), check, inspection, held);
            return switch (StatusRule.escalation(check, state.finalText(), persona)) {
                case StatusRule.Question question when !state.raised().contains(whole) ->
                    new Step.Alert(question.event(work, whole));
                case StatusRule.Question _,StatusRule.Nobody _ -> deliver;
            };
        }
    }

    private static boolean isBlocked(ContractRule.Check check) {
        return status(check).filter(Status.BLOCKED::equals).isPresent();
    }

    /** Work that says itself that it is not done is not held against what holds for done work. */
    private static boolean waits(ContractRule.Check check) {
        return status(check).filter(status -> status != Status.COMPLETED).isPresent();
    }

    private static Optional<Status> status(ContractRule.Check check) {
        return check.readBlock().flatMap(read -> Optional.ofNullable(read.status()));
    }
}
