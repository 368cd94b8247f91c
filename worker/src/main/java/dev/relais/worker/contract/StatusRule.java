package dev.relais.worker.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.contract.ContractRule.Broken;
import dev.relais.worker.contract.ContractRule.Check;
import dev.relais.worker.contract.ContractRule.Kept;
import dev.relais.worker.contract.DeliverableBlock.Status;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.persona.RouteTable;
import dev.relais.worker.persona.Words;

/** What a reply's status becomes, and whom a pending or blocked one asks. */
public final class StatusRule {
    /** The {@code origin} of an escalation that a status raised. */
    public static final String ORIGIN = "status";

    private static final AgentName API_PARTNER = new AgentName("frontend-dev");
    private static final AgentName LEAD = new AgentName("chef-equipe");
    /** Longest obstacle taken from a reply's text, in characters. */
    private static final int OBSTACLE = 2_000;

    private StatusRule() {}

    /**
     * @param claimed as the block says: completed, pending, blocked, or unverified where it says nothing readable
     * @param verified of a kept contract the claim; of a broken one unverified, unless the persona itself says that it waits: that no form can make usable
     * @param evidence one line a check
     */
    public record Standing(String claimed, String verified, List<String> evidence) {
        public Standing {
            evidence = List.copyOf(evidence);
        }
    }

    public static Standing standing(Check check) {
        return switch (check) {
            case Kept kept -> new Standing(word(kept.block().status()), word(kept.block().status()), kept.notes());
            case Broken broken -> {
                String claimed = broken.partial() == null ? DeliverablePublished.UNVERIFIED : word(broken.partial().status());
                boolean waits = claimed.equals(DeliverablePublished.PENDING) || claimed.equals(DeliverablePublished.BLOCKED);
                String missing = String.join(", ", broken.missing().stream().map(ContractPart::code).toList());
                yield new Standing(claimed, waits ? claimed : DeliverablePublished.UNVERIFIED,
                        List.of("contract: missing " + missing));
            }
        };
    }

    /** What follows from a status. */
    public sealed interface Asked {}

    /** Nobody needs to be asked. */
    public record Nobody() implements Asked {}

    /**
     * Raised by the worker for the reply as a whole, with the four points drawn from it.
     *
     * @param offTable those of {@code to} that the persona's table does not name for the situation
     */
    public record Question(List<AgentName> to, List<AgentName> offTable, String situation, String done, String obstacle,
            List<EscalationRaised.Option> options, List<String> files) implements Asked {
        public Question {
            to = List.copyOf(to);
            offTable = List.copyOf(offTable);
            options = List.copyOf(options);
            files = List.copyOf(files);
        }

        /** @param raised epoch and sequence of the reply's entry, with the place {@link Raised#WHOLE_REPLY} */
        public EscalationRaised event(WorkDispatched work, Raised raised) {
            return new EscalationRaised(work.taskId(), work.agent(), to, situation, done, obstacle, options, files, ORIGIN,
                    offTable, raised,
                    work.round(), work.request().title(), work.request().project());
        }
    }

    /** @param reply the text of the final reply, for what its block leaves unsaid */
    public static Asked escalation(Check check, String reply, Persona persona) {
        DeliverableBlock block = check.readBlock().orElse(null);
        if (block == null || block.status() == null || block.status() == Status.COMPLETED) {
            return new Nobody();
        }
        boolean isPending = block.status() == Status.PENDING;
        String reason = said(block.reason());
        RouteTable.Receivers byTable = persona.routes().receiversFor(reason);
        List<AgentName> waitedFor = isPending ? waitedFor(reason, persona) : List.of();
        Language language = persona.language();
        String unnamed = language.say(isPending ? Phrase.AWAITED_VALIDATION : Phrase.BLOCKED_TASK);
        String situation = reason.isEmpty() ? unnamed : reason;
        return switch (byTable) {
            case RouteTable.Named named when waitedFor.isEmpty() || named.agents().containsAll(waitedFor) ->
                question(block, reply, new Way(named.row(), waitedFor.isEmpty() ? named.agents() : waitedFor, List.of()),
                        language);
            case RouteTable.Named _,RouteTable.Unnamed _ -> {
                List<AgentName> to = waitedFor.isEmpty() ? List.of(LEAD) : waitedFor;
                yield question(block, reply, new Way(situation, to, to), language);
            }
        };
    }

    /** The agents of the persona's table that the reason names, else the partner in API contracts; never the persona itself. */
    private static List<AgentName> waitedFor(String reason, Persona persona) {
        String words = " " + String.join(" ", Words.of(reason)) + " ";
        var named = new LinkedHashSet<AgentName>(persona.routes().agents());
        named.removeIf(agent -> !words.contains(" " + agent.value().replace('-', ' ') + " "));
        List<AgentName> agents = named.isEmpty() ? List.of(API_PARTNER) : List.copyOf(named);
        var others = new ArrayList<>(agents);
        others.removeIf(agent -> agent.value().equals(persona.name()));
        return others.isEmpty() ? List.of(LEAD) : List.copyOf(others);
    }

    /** @param offTable those of {@code to} that the table does not name */
    private record Way(String situation, List<AgentName> to, List<AgentName> offTable) {}

    private static Question question(DeliverableBlock block, String reply, Way way, Language language) {
        String summary = said(block.summary());
        String reason = said(block.reason());
        String done = summary.isEmpty() ? language.say(Phrase.NO_SUMMARY) : summary;
        String obstacle = !reason.isEmpty() ? reason : !summary.isEmpty() ? summary : abridged(reply.strip(), language);
        var answer = new EscalationRaised.Option(language.say(Phrase.ANSWER_OPTION), language.say(Phrase.ANSWER_TRADEOFFS));
        return new Question(way.to(), way.offTable(), way.situation(), done, obstacle, List.of(answer), block.files());
    }

    private static String abridged(String text, Language language) {
        if (text.length() <= OBSTACLE) {
            return text.isEmpty() ? language.say(Phrase.NO_OBSTACLE) : text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.min(OBSTACLE, text.codePointCount(0, text.length())))) + " […]";
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static String word(@Nullable Status status) {
        return switch (status) {
            case null -> DeliverablePublished.UNVERIFIED;
            case COMPLETED -> DeliverablePublished.COMPLETED;
            case PENDING -> DeliverablePublished.PENDING;
            case BLOCKED -> DeliverablePublished.BLOCKED;
        };
    }
}
