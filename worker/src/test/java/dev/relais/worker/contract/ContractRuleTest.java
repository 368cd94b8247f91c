package dev.relais.worker.contract;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.worker.contract.ContractRule.Broken;
import dev.relais.worker.contract.ContractRule.Kept;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Personas;

import static org.assertj.core.api.Assertions.assertThat;

class ContractRuleTest {
    private static final Persona PERSONA = Personas.shipped();
    private static final String BLOCK = "📦 LIVRABLE — backend-dev\nType : API\nFichiers : a.ts\nStatut : ✅ Terminé\nRésumé : Fait.\n";
    private static final String ASKS = "\n✋ **Validation requise** — Ce livrable te convient ? Réponds **ok** pour valider, ou indique ce que tu veux modifier.";

    static List<String> bannersInEveryDress() {
        return List.of(PERSONA.banner(),
                "\n\n" + PERSONA.banner(),
                "```\n" + PERSONA.banner() + "\n```",
                "```text\n" + PERSONA.banner() + "\n```",
                "> ⚡ BACKEND — Développeur API & Données\n> Modèle : Sonnet | Équipe : Dev",
                "**⚡ BACKEND — Développeur API & Données**\n\n*Modèle : Sonnet | Équipe : Dev*",
                "━━━━\n⚡ Backend - Developpeur API & Donnees\nModele: Sonnet | Equipe: Dev\n----",
                PERSONA.banner().replace("\n", "\r\n"),
                PERSONA.banner().replace("━", "=").replace("⚡ ", ""));
    }

    static List<String> whatIsNoBanner() {
        return List.of("", "Voici l'API.", "Voici l'API.\n" + PERSONA.banner(), "━━━━━━━━",
                "⚡ BACKEND — Développeur API & Données",
                PERSONA.banner().replace("Sonnet", "Opus"), PERSONA.banner().replace("BACKEND", "FRONTEND"));
    }

    @ParameterizedTest
    @MethodSource("bannersInEveryDress")
    void aBannerIsKnownInEveryDress(String banner) {
        assertThat(ContractRule.check(banner + "\nVoici.\n" + BLOCK, PERSONA, 2)).isInstanceOf(Kept.class);
    }

    @ParameterizedTest
    @MethodSource("whatIsNoBanner")
    void aReplyThatDoesNotBeginWithTheBannerBreaksTheContract(String opening) {
        assertThat(ContractRule.check(opening + "\nVoici.\n" + BLOCK, PERSONA, 2)).isInstanceOfSatisfying(Broken.class,
                broken -> {
                    assertThat(broken.missing()).containsExactly(ContractPart.BANNER);
                    assertThat(broken.partial()).isNotNull();
                });
    }

    @Test
    void aBannerBeforeTheToolsAndABlockAfterThemAreOneReply() {
        List<String> texts = List.of(PERSONA.banner() + "\nJe lis le contrat.", "", "J'écris les tests.", "Fini.\n" + BLOCK);
        assertThat(ContractRule.check(texts, PERSONA, 2)).isInstanceOf(Kept.class);
        assertThat(ContractRule.check(texts.reversed(), PERSONA, 2)).isInstanceOf(Broken.class);
        assertThat(ContractRule.check(List.of("Je lis.", PERSONA.banner() + "\n" + BLOCK), PERSONA, 2)).isInstanceOf(Kept.class);
    }

    @Test
    void theRepairSaysWhatIsMissingAndShowsTheForm() {
        assertThat(ContractRule.check("Voici l'API.", PERSONA, 1)).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.missing()).containsExactly(ContractPart.BANNER, ContractPart.BLOCK);
            assertThat(broken.partial()).isNull();
            assertThat(broken.repairText()).contains("bannière d'entrée", "bloc livrable", PERSONA.banner(), PERSONA.blockForm(),
                    "✋ **Validation requise**").doesNotContain("« Type »");
        });
    }

    @Test
    void theRepairNamesNoMoreThanIsMissing() {
        String reply = PERSONA.banner()
                + "\n📦 LIVRABLE — backend-dev\nType : API\nFichiers : a.ts\nStatut : ✅ Terminé | 🚫 Bloqué\n";
        assertThat(ContractRule.check(reply, PERSONA, 2)).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.missing()).containsExactly(ContractPart.STATUS, ContractPart.SUMMARY);
            assertThat(broken.repairText()).contains("« Statut »", "« Résumé »").doesNotContain("« Fichiers »",
                    "Validation requise");
        });
    }

    @Test
    void anEmptyReplyBreaksTheContract() {
        assertThat(ContractRule.check(" \n", PERSONA, 2)).isInstanceOf(Broken.class);
        assertThat(ContractRule.check(List.of(), PERSONA, 2)).isInstanceOf(Broken.class);
    }

    @Test
    void anAbsentRequestForValidationIsANoteInModeOneOnly() {
        String reply = PERSONA.banner() + "\n" + BLOCK;
        assertThat(notes(reply, 1)).anySatisfy(note -> assertThat(note).contains("does not ask for validation"));
        assertThat(notes(reply + ASKS, 1)).hasSize(1);
        assertThat(notes(reply, 2)).hasSize(1);
        assertThat(notes(reply, 3)).hasSize(1);
    }

    @Test
    void aPersonaOfAnotherKindIsHeldToItsOwnForm() {
        Persona other = Personas.parsed("---\nname: tester\ndescription: d\n---\nYou test.\n");
        String block = BLOCK.replace("backend-dev", "tester");
        assertThat(ContractRule.check(other.banner() + "\n" + block, other, 2)).isInstanceOf(Kept.class);
        assertThat(ContractRule.check(PERSONA.banner() + "\n" + block, other, 2)).isInstanceOf(Broken.class);
    }

    @Test
    void anEnglishPersonaIsToldInEnglish() {
        Persona english = Personas.parsed("---\nname: tester\ndescription: d\n---\nYou test what the others write.\n");
        assertThat(ContractRule.check("Here is the API.", english, 1)).isInstanceOfSatisfying(Broken.class,
                broken -> assertThat(broken.repairText()).isEqualTo("""
                        Your reply does not follow the display protocol. Missing, or not readable:
                        - the banner, at the very beginning
                        - the deliverable block, at the very end, with its line "📦 DELIVERABLE"

                        What is done stays done: begin no work again and call no tool. Send only your final reply again, complete.

                        It opens with this banner, as it is:
                        %s

                        It ends with this block, filled in, with a single status:
                        %s

                        After the block, in mode 1:
                        %s
                        """.formatted(english.banner(), english.blockForm(), english.validationRequest())));
        String reply = english.banner()
                + "\n📦 DELIVERABLE — tester\nType: API\nFiles: None\nStatus: ✅ Completed\nSummary: Done.\n\n";
        assertThat(ContractRule.check(reply + english.validationRequest(), english, 1))
                .isInstanceOfSatisfying(Kept.class, kept -> assertThat(kept.notes()).hasSize(1));
    }

    private static List<String> notes(String reply, int mode) {
        return switch (ContractRule.check(reply, PERSONA, mode)) {
            case Kept kept -> kept.notes();
            case Broken broken -> throw new AssertionError(broken);
        };
    }
}
