package dev.relais.deploy.playbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.worker.contract.ContractRule;
import dev.relais.worker.contract.DeliverableBlock;
import dev.relais.worker.contract.DeliverableBlock.Status;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.persona.RouteTable;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped playbooks say what the shipped persona would: its contract is kept where it should be, and broken where not. */
final class ShippedContractTest {
    private static final Persona PERSONA = persona();

    @ParameterizedTest
    @CsvSource({
            "sample,          deliver,                      COMPLETED, 7",
            "sample,          deliver for validation,       COMPLETED, 7",
            "sample,          blocked,                      BLOCKED,   7",
            "sample,          still failing,                BLOCKED,   7",
            "sample,          still blocked,                BLOCKED,   7",
            "sample,          deliver again for validation, COMPLETED, 7",
            "one-turn,        deliver,                      COMPLETED, 0",
            "escalate,        deliver with the answer,      COMPLETED, 0",
            "escalate,        deliver with a late answer,   COMPLETED, 0",
            "rounds,          deliver,                      COMPLETED, 1",
            "rounds,          deliver again,                COMPLETED, 1",
            "slow-tools,      deliver,                      COMPLETED, 5",
            "broken-contract, mend,                         COMPLETED, 0",
            "blocked,         blocked,                      BLOCKED,   0",
            "blocked,         still blocked,                BLOCKED,   0",
            "blocked,         deliver,                      COMPLETED, 0",
            "pending,         pending,                      PENDING,   0",
            "pending,         deliver,                      COMPLETED, 0",
            "faults,          'stumble, then deliver',      COMPLETED, 1"})
    void finalReplyKeepsTheContract(String playbook, String step, Status status, int files) throws Exception {
        assertThat(ContractRule.check(text(playbook, step), PERSONA, 1)).isInstanceOfSatisfying(ContractRule.Kept.class, kept -> {
            assertThat(kept.block().status()).isEqualTo(status);
            assertThat(kept.block().files()).hasSize(files);
        });
    }

    @ParameterizedTest
    @CsvSource({"broken-contract, forget", "broken-contract, never mended"})
    void forgottenContractIsBroken(String playbook, String step) throws Exception {
        assertThat(ContractRule.check(text(playbook, step), PERSONA, 1)).isInstanceOf(ContractRule.Broken.class);
    }

    @Test
    void blockedReasonIsARowOfThePersonasTable() throws Exception {
        var block = block(text("blocked", "blocked"));

        assertThat(receivers(Optional.ofNullable(block.reason()).orElse(""))).containsExactly(new AgentName("architecte"));
    }

    @Test
    void escalationsSituationIsARowWithTwoReceivers() throws Exception {
        var call = script("escalate").steps().getFirst().reply().get(1);

        assertThat(receivers(call.path("input").path("situation").asText()))
                .containsExactlyInAnyOrder(new AgentName("architecte"), new AgentName("chef-equipe"));
    }

    private static List<AgentName> receivers(String situation) {
        return switch (PERSONA.routes().receiversFor(situation)) {
            case RouteTable.Named named -> named.agents();
            case RouteTable.Unnamed _ -> List.of();
        };
    }

    private static DeliverableBlock block(String text) {
        return switch (ContractRule.check(text, PERSONA, 1)) {
            case ContractRule.Kept kept -> kept.block();
            case ContractRule.Broken broken -> throw new AssertionError(broken.toString());
        };
    }

    /** The step's text with a stand-in for each word. */
    private static String text(String playbook, String step) throws Exception {
        var found = script(playbook).steps().stream().filter(candidate -> candidate.name().equals(step)).findFirst()
                .orElseThrow();
        var words = Map.of("reponse", "la réponse", "voeu", "le vœu", "cause", "la cause", "turn", "2");
        return Templates.fill(found.reply().getFirst(), words).path("text").asText();
    }

    private static Script script(String playbook) throws Exception {
        return ScriptReader.read(playbook, Playbook.resource(playbook));
    }

    private static Persona persona() {
        return switch (PersonaFile.parse(PersonaFile.shipped())) {
            case PersonaFile.Parsed parsed -> parsed.persona();
            case PersonaFile.Refused refused -> throw new AssertionError(refused.message());
        };
    }
}
