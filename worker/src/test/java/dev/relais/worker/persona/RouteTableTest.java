package dev.relais.worker.persona;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.worker.persona.RouteTable.Named;
import dev.relais.worker.persona.RouteTable.Unnamed;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTest {
    private final RouteTable routes = Personas.shipped().routes();

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', value = {
            "Choix de BDD structurant # architecte",
            "choix de bdd STRUCTURANT # architecte",
            "Choix structurant de base de données à faire # architecte",
            "Choix structurant de bases de données # architecte",
            "Décision de BDD non prise # architecte",
            "decision de bdd non prise # architecte",
            "Fonctionnalité sensible (auth, paiement) # securite",
            "Fonctionnalité sensible (auth, paiement, données personnelles) # securite",
            "fonctionnalite sensible : données personnelles # securite",
            "Intégration du paiement par carte # securite",
            "Authentification à revoir # securite",
            "Contrat d'API à renégocier # frontend-dev",
            "Contrat d’API à renégocier # frontend-dev",
            "Renégociation du contrat d'API # frontend-dev",
            "Contrat d'API qui doit évoluer et impacte le frontend # frontend-dev",
            "Performance impossible avec l'archi actuelle # architecte chef-equipe",
            "Performance impossible avec l'architecture actuelle # architecte chef-equipe",
            "performances impossibles avec l'architecture actuelle ! # architecte chef-equipe",
            "Performance qui ne peut pas être atteinte avec l'architecture actuelle # architecte chef-equipe",
            "**Performance impossible avec l'archi actuelle** # architecte chef-equipe"})
    void aSituationReachesEveryAgentThatItsRowNames(String situation, String agents) {
        assertThat(routes.receiversFor(situation)).isInstanceOfSatisfying(Named.class,
                named -> assertThat(named.agents()).isEqualTo(Personas.agents(agents.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "!!!", "Choix de la bibliothèque de logs", "Specs API insuffisantes",
            "Le serveur de tests est en panne",
            "Quelle couleur pour le bouton ?", "de la avec pour", "Une question"})
    void aSituationOfNoRowNamesNobody(String situation) {
        assertThat(routes.receiversFor(situation)).isInstanceOf(Unnamed.class);
    }

    @Test
    void aSituationThatHoldsTwoRowsReachesTheAgentsOfBothOnce() {
        assertThat(routes.receiversFor("Choix de BDD structurant, et performance impossible avec l'archi actuelle")).isEqualTo(
                new Named(Personas.agents("architecte", "chef-equipe"),
                        "Choix de BDD structurant ; Performance impossible avec l'archi actuelle"));
    }

    @Test
    void theRowIsToldAsTheTableWordsIt() {
        assertThat(routes.receiversFor("performance impossible avec l'architecture actuelle")).isEqualTo(
                new Named(Personas.agents("architecte", "chef-equipe"), "Performance impossible avec l'archi actuelle"));
    }

    @Test
    void i8_anotherTableRoutesDifferently() {
        Persona changed = Personas.parsed(PersonaFile.shipped().replace("| Choix de BDD structurant | architecte |",
                "| Choix de BDD structurant | securite, frontend-dev et chef-équipe |"));
        assertThat(changed.routes().receiversFor("Choix de BDD structurant")).isEqualTo(
                new Named(Personas.agents("securite", "frontend-dev", "chef-equipe"), "Choix de BDD structurant"));
    }

    @Test
    void namesAreReadWithTheirMarkdown() {
        Persona persona = Personas.parsed(Personas.file() + """
                |  Situation  | Escalade vers | Délai |
                | :-- | :-: | --- |
                | **Panne** | `architecte` + **Chef Équipe** | 1 h |
                """);
        assertThat(persona.routes().rows())
                .containsExactly(new RouteTable.Row("Panne", Personas.agents("architecte", "chef-equipe")));
    }

    @Test
    void otherTablesAndTablesInFencesAreNoRoutes() {
        Persona persona = Personas.parsed(Personas.file() + """
                | Outil | Usage |
                |---|---|
                | Read | lire |

                ```
                | Situation | Escalade vers |
                |---|---|
                | Exemple | nobody |
                ```
                """);
        assertThat(persona.routes().rows()).isEmpty();
        assertThat(persona.routes().receiversFor("Exemple")).isInstanceOf(Unnamed.class);
    }

    @Test
    void aRowThatNamesNobodyIsWarnedOf() {
        Persona persona = Personas.parsed(Personas.file() + "| Situation | Escalade vers |\n|---|---|\n| Panne | |\n");
        assertThat(persona.routes().rows()).isEmpty();
        assertThat(persona.warnings()).anySatisfy(warning -> assertThat(warning).contains("Panne"));
    }

    @Test
    void agentsAreListedOnceInTheTablesOrder() {
        assertThat(List.copyOf(routes.agents()))
                .isEqualTo(Personas.agents("architecte", "securite", "frontend-dev", "chef-equipe"));
    }
}
