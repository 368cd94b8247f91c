package dev.relais.worker.compiled;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.topic.Topics;
import dev.relais.worker.compiled.CompiledPersona.Receiver;
import dev.relais.worker.compiled.CompiledPersona.Route;
import dev.relais.worker.compiled.CompiledPersona.Surroundings;
import dev.relais.worker.compiled.HandOff.Field;
import dev.relais.worker.compiled.ProseRule.Standing;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.persona.Personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class CompiledPersonaTest {
    private static final Topics TOPICS = new Topics("relais.");
    private static final List<AgentName> REGISTRY = Personas.agents("backend-dev", "architecte", "securite", "frontend-dev",
            "chef-equipe");
    private final CompiledPersona shipped = compiled("backend-dev.md", PersonaFile.shipped().getBytes(StandardCharsets.UTF_8));

    @Test
    void theShippedPersonaHasTheToolsOfItsListAndEscalate() {
        assertThat(shipped.tools())
                .isEqualTo(new CompiledPersona.ToolPolicy(List.of("Read", "Write", "Edit", "Bash", "Glob", "Grep"),
                        List.of(), List.of("Escalate")));
    }

    @Test
    void itsRoutesGoToTheTopicsOfItsTable() {
        assertThat(shipped.routes()).containsExactly(route("Choix de BDD structurant", "architecte"),
                route("Fonctionnalité sensible (auth, paiement)", "securite"),
                route("Contrat d'API à renégocier", "frontend-dev"),
                route("Performance impossible avec l'archi actuelle", "architecte", "chef-equipe"));
        assertThat(shipped.routes().getFirst().to().getFirst().topic()).isEqualTo("relais.inbox.architecte");
    }

    @Test
    void itsStatusesAreThreeAndEachMeansSomething() {
        assertThat(shipped.statuses()).extracting(StatusForm::label, StatusForm::status).containsExactly(
                tuple("✅ Terminé", "completed"), tuple("⏳ En attente de validation", "pending"),
                tuple("🚫 Bloqué (raison)", "blocked"));
        assertThat(shipped.statuses()).extracting(StatusForm::meaning).satisfiesExactly(
                done -> assertThat(done).contains("fonctionne", "documentée", "testée"),
                waiting -> assertThat(waiting).contains("contrat d'API", "frontend-dev"),
                blocked -> assertThat(blocked).contains("décision de BDD", "specs API"));
    }

    @Test
    void itsBannerBlockAndValidationAreThoseOfItsFile() {
        assertThat(shipped.banner()).hasSize(4).contains("⚡ BACKEND — Développeur API & Données",
                "Modèle : Sonnet | Équipe : Dev");
        assertThat(shipped.block()).hasSize(7).first().isEqualTo("📦 LIVRABLE — backend-dev");
        assertThat(shipped.validation().request())
                .isEqualTo("✋ **Validation requise** — Ce livrable te convient ? Réponds **ok** pour "
                        + "valider, ou indique ce que tu veux modifier.");
        assertThat(shipped.validation().modes()).extracting(CompiledPersona.Mode::text).satisfiesExactly(
                one -> assertThat(one).contains("chaque livrable"), two -> assertThat(two).contains("tout auto"),
                three -> assertThat(three).contains("étapes clés", "agent spécialisé"));
    }

    @Test
    void itsHandOffIsReadInBothDirections() {
        assertThat(shipped.handOff().incoming()).extracting(Field::name).containsExactly("Contexte", "Contraintes",
                "Livrables attendus");
        assertThat(shipped.handOff().outgoing()).extracting(Field::name).containsExactly("Format", "Structure", "Inclus");
        assertThat(shipped.handOff().preserved()).extracting(Field::text).satisfiesExactly(
                done -> assertThat(done).contains("déjà fait"), obstacle -> assertThat(obstacle).contains("obstacle précis"),
                options -> assertThat(options).contains("options", "trade-offs"),
                files -> assertThat(files).contains("fichiers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', value = {"Aucun secret # ENFORCED", "Les inputs utilisateur # ADVISORY",
            "Un choix structurant # WATCHED", "Un contrat d'API # WATCHED", "Une fonctionnalité sensible # WATCHED",
            "Bannière d'entrée # ENFORCED", "Bloc livrable # ENFORCED", "Mode 1 # ENFORCED", "Mode 2 # ENFORCED",
            "Mode 3 # ENFORCED",
            "Toute donnée entrante # ADVISORY", "Toute erreur # ADVISORY", "Les logs # ADVISORY", "La logique métier # ADVISORY",
            "Chaque endpoint # ADVISORY", "Le code complet # ADVISORY", "Les schémas de données # ADVISORY",
            "Des exemples # ADVISORY",
            "La liste des variables # ADVISORY", "Il faut faire un choix structurant # WATCHED",
            "La fonctionnalité est sensible # WATCHED", "Le contrat d'API doit évoluer # WATCHED",
            "L'architecture actuelle # ADVISORY"})
    void eachRuleOfItsProseIsMarked(String beginning, Standing standing) {
        assertThat(shipped.rules()).filteredOn(rule -> rule.text().startsWith(beginning)).singleElement()
                .satisfies(rule -> assertThat(rule.standing()).as(rule.text()).isEqualTo(standing));
    }

    @Test
    void noRuleIsMarkedThatTheTableAboveDoesNotName() {
        assertThat(shipped.rules()).hasSize(23);
        assertThat(shipped.rules()).allSatisfy(
                rule -> assertThat(rule.by().isEmpty()).isEqualTo(rule.standing() == Standing.ADVISORY));
    }

    @Test
    void aPersonaOfAnotherStyleGetsTheDefaultProtocolAndKeepsItsRules() throws IOException {
        try (InputStream in = CompiledPersonaTest.class.getResourceAsStream("release-notes-writer.md")) {
            CompiledPersona foreign = compiled("other.md", Objects.requireNonNull(in).readAllBytes());
            assertThat(foreign.tools().tools()).containsExactly("Read", "Bash", "Glob", "Grep");
            assertThat(foreign.tools().commands()).containsExactly("git log *", "git diff *");
            assertThat(foreign.language()).isEqualTo("en");
            assertThat(foreign.banner()).contains("⚙ RELEASE-NOTES-WRITER");
            assertThat(foreign.block()).first().isEqualTo("📦 DELIVERABLE — release-notes-writer");
            assertThat(foreign.statuses()).hasSize(3);
            assertThat(foreign.routes()).isEmpty();
            assertThat(foreign.warnings()).anySatisfy(warning -> assertThat(warning).contains("WebFetch"));
            assertThat(foreign.rules()).filteredOn(rule -> rule.section().equals("Guidelines")).extracting(ProseRule::standing)
                    .containsExactly(Standing.ADVISORY, Standing.ENFORCED, Standing.WATCHED, Standing.ADVISORY);
        }
    }

    @Test
    void changingTheTableChangesTheRoutes() {
        String changed = PersonaFile.shipped().replace("| Contrat d'API à renégocier | frontend-dev |",
                "| Contrat d'API à renégocier | mobile-dev |");
        assertThat(compiled("x", changed.getBytes(StandardCharsets.UTF_8)).routes())
                .contains(new Route("Contrat d'API à renégocier",
                        List.of(new Receiver(new AgentName("mobile-dev"), "relais.inbox.mobile-dev", false))));
    }

    private static Route route(String situation, String... agents) {
        return new Route(situation, List.of(agents).stream()
                .map(agent -> new Receiver(new AgentName(agent), TOPICS.inbox(new AgentName(agent)), true)).toList());
    }

    static CompiledPersona compiled(String file, byte[] bytes) {
        return switch (PersonaCompiler.compile(file, bytes, new Surroundings(TOPICS, REGISTRY))) {
            case PersonaCompiler.Compiled(CompiledPersona persona) -> persona;
            case PersonaCompiler.NotCompiled refused -> throw new AssertionError(refused.refused().message());
        };
    }
}
