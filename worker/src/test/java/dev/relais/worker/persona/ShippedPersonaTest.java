package dev.relais.worker.persona;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The strings by which other systems know this persona. Its prose may change, these may not. */
class ShippedPersonaTest {
    private static final String BANNER = """
            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            ⚡ BACKEND — Développeur API & Données
            Modèle : Sonnet | Équipe : Dev
            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━""";

    private static final String BLOCK = """
            📦 LIVRABLE — backend-dev
            ─────────────────────────────
            Type : {ce qui a été produit : API, migration BDD, service métier, etc.}
            Fichiers : {liste des fichiers créés ou modifiés, ou "Aucun" si conseil/analyse}
            Statut : ✅ Terminé | ⏳ En attente de validation | 🚫 Bloqué (raison)
            Résumé : {1-2 phrases résumant le livrable}
            ─────────────────────────────""";

    private static final String TABLE = """
            | Situation | Escalade vers |
            |-----------|---------------|
            | Choix de BDD structurant | architecte |
            | Fonctionnalité sensible (auth, paiement) | securite |
            | Contrat d'API à renégocier | frontend-dev |
            | Performance impossible avec l'archi actuelle | architecte + chef-equipe |
            """;

    private static final String VALIDATION = "✋ **Validation requise** — Ce livrable te convient ? Réponds **ok** pour valider, "
            + "ou indique ce que tu veux modifier.";

    private final Persona persona = Personas.shipped();

    @Test
    void itsFrontMatterIsTheOneThatIsAgreed() {
        assertThat(PersonaFile.shipped()).startsWith("---\nname: backend-dev\ndescription: ");
        assertThat(PersonaFile.shipped())
                .contains("\ntools: Read, Write, Edit, Bash, Glob, Grep\nmodel: claude-sonnet-4-6\n---\n");
        assertThat(persona.name()).isEqualTo("backend-dev");
        assertThat(persona.tools()).containsExactly("Read", "Write", "Edit", "Bash", "Glob", "Grep");
        assertThat(persona.model()).isEqualTo("claude-sonnet-4-6");
    }

    @Test
    void itIsReadWithoutAWarning() {
        assertThat(persona.warnings()).isEmpty();
    }

    @Test
    void itsBannerIsTheOneThatIsAgreed() {
        assertThat(persona.banner()).isEqualTo(BANNER);
        assertThat(persona.systemText()).contains("```\n" + BANNER + "\n```", "OBLIGATOIRE — toujours en premier");
    }

    @Test
    void itsDeliverableBlockIsTheOneThatIsAgreed() {
        assertThat(persona.blockForm()).isEqualTo(BLOCK);
        assertThat(persona.systemText()).contains("```\n" + BLOCK + "\n```", "OBLIGATOIRE — toujours en dernier");
    }

    @Test
    void itsEscalationTableIsTheOneThatIsAgreed() {
        assertThat(persona.systemText()).contains(TABLE);
        assertThat(persona.routes().rows()).containsExactly(
                new RouteTable.Row("Choix de BDD structurant", Personas.agents("architecte")),
                new RouteTable.Row("Fonctionnalité sensible (auth, paiement)", Personas.agents("securite")),
                new RouteTable.Row("Contrat d'API à renégocier", Personas.agents("frontend-dev")),
                new RouteTable.Row("Performance impossible avec l'archi actuelle", Personas.agents("architecte", "chef-equipe")));
    }

    @Test
    void itsThreeValidationModesAreNamed() {
        assertThat(persona.systemText()).contains(VALIDATION, "**Mode 1 (chaque livrable)**", "**Mode 2 (tout auto)**",
                "**Mode 3 (étapes clés)**", "super-chef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Node.js", "Python", "TypeScript", "Express", "Fastify", "NestJS", "FastAPI", "Django REST Framework",
            "PostgreSQL",
            "Prisma", "Drizzle", "MongoDB", "agrégations", "Redis", "pub/sub", "Elasticsearch", "full-text", "OpenAPI", "Swagger",
            "GraphQL", "Apollo",
            "Pothos", "WebSockets", "gRPC", "microservices", "Docker", "docker-compose", "TypeORM", "SQLAlchemy", "BullMQ",
            "Celery", "JWT", "OAuth2",
            "Passport.js", "rate limiting", "migrations", "Zod", "Joi", "Pydantic", "try/catch", "console.log", "tests unitaires",
            "curl", "HTTPie",
            "ariables d'environnement", "secret", "inputs", "architecte", "frontend-dev", "securite", "ADR", "schéma BDD",
            "framework imposé",
            "données personnelles", "paiement", "trade-offs", "obstacle", "un fichier par module", "dossier de tests",
            "specs API", "**Terminé**",
            "**En attente**", "**Bloquant**", "**Contexte**", "**Contraintes**", "**Livrables attendus**", "**Format**",
            "**Structure**", "**Inclus**"})
    void itsFactsAreThere(String fact) {
        assertThat(persona.systemText()).contains(fact);
    }

    @Test
    void itsPreservedContextHasFourPoints() {
        List<String> points = persona.systemText().lines().dropWhile(line -> !line.contains("contexte à transmettre")).skip(1)
                .toList();
        assertThat(points).filteredOn(line -> Character.isDigit(line.isEmpty() ? ' ' : line.charAt(0))).hasSize(4);
    }
}
