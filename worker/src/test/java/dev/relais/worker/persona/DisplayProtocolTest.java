package dev.relais.worker.persona;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DisplayProtocolTest {
    private static final String FRENCH = Personas.file() + "Tu testes le code et les données des autres.\n";
    private static final String OWN_BANNER = "\n### La BANNIÈRE du début\nToujours :\n```text\n*** TESTS ***\n```\n\n### Autre\n```\nautre chose\n```\n";
    private static final String OWN_BLOCK = "\n### Fin\n~~~\n📦 LIVRABLE — tester\nType : {x}\nFichiers : {x}\nStatut : {x}\nRésumé : {x}\n~~~\n";

    @Test
    void aPersonaWithoutAProtocolGetsTheDefaultOne() {
        Persona persona = Personas.parsed(FRENCH);
        assertThat(persona.banner()).contains("TESTER");
        assertThat(persona.blockForm()).startsWith("📦 LIVRABLE — tester\n");
        assertThat(persona.systemText()).startsWith("You test.\nTu testes").contains("## Protocole d'affichage", persona.banner(),
                persona.blockForm());
        assertThat(persona.warnings()).anySatisfy(warning -> assertThat(warning).contains("appended"));
    }

    @Test
    void aPersonaWithAProtocolKeepsItsOwn() {
        Persona persona = Personas.parsed(FRENCH + OWN_BANNER + OWN_BLOCK);
        assertThat(persona.banner()).isEqualTo("*** TESTS ***");
        assertThat(persona.blockForm()).startsWith("📦 LIVRABLE — tester\nType : {x}").endsWith("Résumé : {x}");
        assertThat(persona.systemText()).doesNotContain("Protocole d'affichage");
        assertThat(persona.warnings()).isEmpty();
    }

    @Test
    void onlyTheHalfThatIsMissingIsAppended() {
        Persona persona = Personas.parsed(FRENCH + OWN_BANNER);
        assertThat(persona.banner()).isEqualTo("*** TESTS ***");
        assertThat(persona.systemText()).contains("### Bloc livrable").doesNotContain("### Bannière d'entrée");
    }

    @Test
    void aFenceThatNeverEndsIsReadToTheEnd() {
        assertThat(Personas.parsed(FRENCH + "# Bannière\n```\nOUVERTE\n").banner()).isEqualTo("OUVERTE");
    }

    @Test
    void aLongerFenceMayHoldAShorterOne() {
        assertThat(Personas.parsed(FRENCH + "# Bannière\n````\nA\n```\nB\n````\n").banner()).isEqualTo("A\n```\nB");
    }
}
