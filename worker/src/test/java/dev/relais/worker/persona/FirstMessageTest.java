package dev.relais.worker.persona;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry.Heard;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.TaskRequested.Constraints;
import dev.relais.schemas.event.TaskRequested.Context;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkDispatched;

import static org.assertj.core.api.Assertions.assertThat;

class FirstMessageTest {
    @Test
    void aFullRequestIsSaidInTheOrderOfTheHandOff() {
        var context = new Context("openapi: 3.1.0\npaths: {}", "table users", List.of("ADR-1 : PostgreSQL", "ADR-2 : JWT\nRS256"),
                "rien d'autre");
        var constraints = new Constraints("Fastify", "p99 < 50 ms", List.of("Node.js 24", "PostgreSQL 17"), List.of("pas d'ORM"));
        String message = render(
                request("API des comptes", "boutique", context, constraints, List.of("API documentée", "tests unitaires"),
                        new Source("https://git.example/boutique.git", "main", "services/comptes")),
                2);
        assertThat(message).isEqualTo("""
                # Tâche : API des comptes

                Projet : boutique

                ## Demande
                Écris l'API.

                ## Contexte
                - **Contrat d'API** :

                openapi: 3.1.0
                paths: {}

                - **Schéma BDD** : table users
                - **Décisions architecturales (ADR)** :
                  - ADR-1 : PostgreSQL
                  - ADR-2 : JWT
                    RS256
                - **Notes** : rien d'autre

                ## Contraintes
                - **Framework imposé** : Fastify
                - **Performances cibles** : p99 < 50 ms
                - **Stack existante** :
                  - Node.js 24
                  - PostgreSQL 17
                - **Autres** :
                  - pas d'ORM

                ## Livrables attendus
                - API documentée
                - tests unitaires

                ## Espace de travail
                - /workspace, tiré du dépôt https://git.example/boutique.git
                - **Référence** : main
                - **Sous-répertoire de travail** : services/comptes

                ## Validation
                - Mode 2 (tout auto) : le livrable part dès qu'il est rendu, sans attendre.
                - Termine par le bloc « 📦 LIVRABLE — backend-dev ».
                """);
    }

    @Test
    void aBareRequestSaysWhatThePersonaCallsBlockingAndHasNoEmptySections() {
        String message = render(request(null, " ", new Context(null, " ", List.of(), null), null, List.of(), null), 1);
        assertThat(message).startsWith(
                "# Tâche\n\n## Demande\nÉcris l'API.\n\n## Contexte\n- **Contrat d'API** : non fourni ; si la tâche en dépend,"
                        + " c'est bloquant : escalade plutôt que de supposer\n- **Décision de BDD** : non fournie ; si la tâche en dépend,"
                        + " c'est bloquant : escalade plutôt que de supposer\n\n## Espace de travail\n- /workspace, vide au départ\n\n## Validation\n");
    }

    @Test
    void whatARequestDoesNotBringStandsInItsEntryToo() {
        assertThat(heard(new Context(null, null, List.of("ADR-1"), null), Personas.shipped()).missing())
                .containsExactly("api-contract");
        assertThat(heard(new Context("GET /a", "t", List.of(), null), Personas.shipped()).missing()).isNull();
        assertThat(heard(null, Personas.shipped()).missing()).containsExactly("api-contract", "database-decision");
    }

    @Test
    void whereThePersonaCallsNothingBlockingNothingIsMissing() {
        String text = PersonaFile.shipped().lines().filter(line -> !line.contains("Bloquant"))
                .reduce("", (before, line) -> before + line + "\n");
        assertThat(PersonaFile.parse(text)).isInstanceOfSatisfying(PersonaFile.Parsed.class,
                parsed -> assertThat(heard(null, parsed.persona()).missing()).isNull());
    }

    private static Heard heard(@Nullable Context context, Persona persona) {
        var work = Work.of(request(null, null, context, null, List.of(), null), 1);
        return Hearing.of(new WorkDispatched.Input("r", InputKind.REQUEST, "", null, null), work, persona);
    }

    @ParameterizedTest
    @CsvSource({"1, une personne valide", "2, tout auto", "3, étapes clés", "7, Mode 1"})
    void theModeIsSaidWithWhatItMeans(int mode, String meaning) {
        assertThat(render(request(null, null, null, null, List.of(), null), mode)).contains(meaning);
    }

    @Test
    void theSameWorkIsAlwaysTheSameMessage() {
        TaskRequested request = request("a", "b", null, null, List.of("c"), null);
        assertThat(render(request, 1)).isEqualTo(render(request, 1));
    }

    private static String render(TaskRequested request, int mode) {
        return FirstMessage.render(Work.of(request, mode), Personas.shipped());
    }

    private static TaskRequested request(@Nullable String title, @Nullable String project, @Nullable Context context,
            @Nullable Constraints constraints, List<String> expected, @Nullable Source workspace) {
        return Work.request("Écris l'API.\n", title, project, new Work.HandOff(context, constraints, expected, workspace));
    }
}
