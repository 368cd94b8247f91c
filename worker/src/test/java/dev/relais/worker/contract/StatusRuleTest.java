package dev.relais.worker.contract;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.Raised;
import dev.relais.worker.contract.ContractRule.Check;
import dev.relais.worker.contract.StatusRule.Nobody;
import dev.relais.worker.contract.StatusRule.Question;
import dev.relais.worker.contract.StatusRule.Standing;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.persona.Personas;
import dev.relais.worker.persona.Work;

import static org.assertj.core.api.Assertions.assertThat;

class StatusRuleTest {
    private static final Persona PERSONA = Personas.shipped();

    @ParameterizedTest
    @CsvSource({"✅ Terminé, completed, completed", "⏳ En attente, pending, pending", "🚫 Bloqué (x), blocked, blocked"})
    void aKeptContractStandsAsItClaims(String status, String claimed, String verified) {
        Standing standing = StatusRule.standing(kept(status));
        assertThat(standing.claimed()).isEqualTo(claimed);
        assertThat(standing.verified()).isEqualTo(verified);
        assertThat(standing.evidence()).contains("contract: banner and deliverable block are in place");
    }

    @ParameterizedTest
    @CsvSource({"✅ Terminé, completed, unverified", "en cours, unverified, unverified", "⏳ En attente, pending, pending",
            "🚫 Bloqué (x), blocked, blocked"})
    void aBrokenContractIsUnverifiedUnlessThePersonaWaits(String status, String claimed, String verified) {
        Standing standing = StatusRule.standing(withoutBanner(status));
        assertThat(standing.claimed()).isEqualTo(claimed);
        assertThat(standing.verified()).isEqualTo(verified);
        assertThat(standing.evidence()).singleElement().asString().startsWith("contract: missing banner");
    }

    @Test
    void aReplyWithoutABlockIsUnverified() {
        assertThat(StatusRule.standing(check("Voici l'API."))).isEqualTo(
                new Standing("unverified", "unverified", List.of("contract: missing banner, block")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
            "🚫 Bloqué (décision de BDD non prise) # architecte # nobody # Choix de BDD structurant",
            "🚫 Bloqué (performance impossible avec l'architecture actuelle) # architecte chef-equipe # nobody # Performance impossible avec l'archi actuelle",
            "🚫 Bloqué (paiement non conforme) # securite # nobody # Fonctionnalité sensible (auth, paiement)",
            "🚫 Bloqué (specs API insuffisantes) # chef-equipe # chef-equipe # specs API insuffisantes",
            "🚫 Bloqué # chef-equipe # chef-equipe # Tâche bloquée",
            "⏳ En attente # frontend-dev # frontend-dev # Validation attendue",
            "⏳ En attente de validation du contrat d'API par frontend-dev # frontend-dev # nobody # Contrat d'API à renégocier",
            "⏳ En attente de la relecture par Sécurité # securite # securite # la relecture par Sécurité"})
    void i8_whoIsWaitedForIsAsked(String status, String to, String offTable, String situation) {
        assertThat(StatusRule.escalation(kept(status), "", PERSONA)).isInstanceOfSatisfying(Question.class, question -> {
            assertThat(question.to()).isEqualTo(Personas.agents(to.split(" ")));
            assertThat(question.offTable())
                    .isEqualTo(offTable.equals("nobody") ? List.of() : Personas.agents(offTable.split(" ")));
            assertThat(question.situation()).isEqualTo(situation);
        });
    }

    @Test
    void aPersonaNeverWaitsForItself() {
        Persona frontend = Personas.parsed(PersonaFile.shipped().replace("name: backend-dev", "name: frontend-dev"));
        assertThat(StatusRule.escalation(kept("⏳ En attente"), "", frontend)).isInstanceOfSatisfying(Question.class,
                question -> assertThat(question.to()).isEqualTo(Personas.agents("chef-equipe")));
    }

    @Test
    void aBrokenReplyThatSaysItIsBlockedIsAskedAboutToo() {
        assertThat(StatusRule.escalation(withoutBanner("🚫 Bloqué (choix de BDD structurant)"), "", PERSONA))
                .isInstanceOf(Question.class);
    }

    @Test
    void aCompletedOrUnreadableReplyAsksNobody() {
        assertThat(StatusRule.escalation(kept("✅ Terminé"), "", PERSONA)).isEqualTo(new Nobody());
        assertThat(StatusRule.escalation(withoutBanner("en cours"), "", PERSONA)).isEqualTo(new Nobody());
        assertThat(StatusRule.escalation(check("Je suis bloqué."), "", PERSONA)).isEqualTo(new Nobody());
    }

    @Test
    void theFourPointsAreDrawnFromTheReply() {
        Check check = kept("🚫 Bloqué (décision de BDD non prise)");
        assertThat(StatusRule.escalation(check, "", PERSONA)).isInstanceOfSatisfying(Question.class, question -> {
            EscalationRaised event = question.event(Work.plain(2), new Raised(3, 4, Raised.WHOLE_REPLY));
            assertThat(event.done()).isEqualTo("La moitié.");
            assertThat(event.obstacle()).isEqualTo("décision de BDD non prise");
            assertThat(event.options()).singleElement().satisfies(option -> {
                assertThat(option.option()).isNotBlank();
                assertThat(option.tradeoffs()).isNotBlank();
            });
            assertThat(event.files()).containsExactly("src/a.ts");
            assertThat(event.origin()).isEqualTo("status");
            assertThat(event.from().value()).isEqualTo("backend-dev");
            assertThat(event.round()).isEqualTo(2);
            assertThat(event.raised().toString()).isEqualTo("3.4.999");
        });
    }

    @Test
    void anUntoldObstacleIsTakenFromTheTextAndAbridged() {
        Check check = check("📦 LIVRABLE — x\nStatut : 🚫 Bloqué\n");
        assertThat(StatusRule.escalation(check, "😀".repeat(3_000), PERSONA)).isInstanceOfSatisfying(Question.class, question -> {
            assertThat(question.obstacle()).hasSize(2 * 2_000 + " […]".length()).endsWith("😀 […]");
            assertThat(question.done()).isNotBlank();
        });
    }

    private static Check kept(String status) {
        return check(PERSONA.banner() + "\n" + reply(status));
    }

    private static Check withoutBanner(String status) {
        return check(reply(status));
    }

    private static String reply(String status) {
        return "📦 LIVRABLE — backend-dev\nType : API\nFichiers : src/a.ts\nStatut : " + status + "\nRésumé : La moitié.\n";
    }

    private static Check check(String reply) {
        return ContractRule.check(reply, PERSONA, 2);
    }
}
