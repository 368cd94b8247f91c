package dev.relais.worker.contract;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.worker.contract.DeliverableBlock.Status;

import static org.assertj.core.api.Assertions.assertThat;

class DeliverableBlockTest {
    private static final String RULE = "─────────────────────────────";

    private static final String AS_AGREED = block("Type : API REST", "Fichiers : src/a.ts, test/a.test.ts", "Statut : ✅ Terminé",
            "Résumé : Une API.");

    /** Blocks that differ in dress only: each says the same. */
    static List<String> blocksThatSayTheSame() {
        return List.of(
                // As the persona's file gives it.
                AS_AGREED,
                // In a fence, as models like to answer a fenced form.
                "Voici.\n\n```\n" + AS_AGREED + "\n```",
                "```text\n📦 LIVRABLE — backend-dev\nType : API REST\nFichiers : src/a.ts\n  test/a.test.ts\nStatut : Terminé\nRésumé : Une API.\n```\nMerci.",
                // Without spaces, accents or capitals.
                block("type:API REST", "fichiers:src/a.ts,test/a.test.ts", "statut:termine", "resume:Une API."),
                // Emphasis.
                block("**Type** : API REST", "**Fichiers** : `src/a.ts`, `test/a.test.ts`", "**Statut** : ✅ **Terminé**",
                        "**Résumé** : Une API."),
                block("**Type :** API REST", "**Fichiers :** `src/a.ts`, `test/a.test.ts`", "**Statut :** ✅ Terminé",
                        "**Résumé :** Une API."),
                block("__Type__: API REST", "__Fichiers__: src/a.ts; test/a.test.ts", "__Statut__: ✅ terminée",
                        "__Résumé__: Une API."),
                // Lists.
                block("- **Type** : API REST", "- **Fichiers** :", "  - `src/a.ts`", "  - `test/a.test.ts`",
                        "- **Statut** : ✅ Terminé", "- **Résumé** : Une API."),
                block("* Type : API REST", "* Fichiers :", "  1. src/a.ts", "  2. test/a.test.ts", "* Statut : Terminé ✅",
                        "* Résumé : Une API."),
                // Blank lines between, a value below its label.
                block("Type :", "API REST", "", "Fichiers :", "", "- src/a.ts (créé)", "- test/a.test.ts (créé)", "", "Statut :",
                        "✅ Terminé", "", "Résumé :", "Une API."),
                // Headings.
                "## 📦 LIVRABLE — backend-dev\n\n### Type\nAPI REST\n\n### Fichiers\n- src/a.ts\n- test/a.test.ts\n\n### Statut\n✅ Terminé\n\n### Résumé\nUne API.\n",
                "### 📦 **LIVRABLE — backend-dev**\n---\n**Type** — API REST\n**Fichiers** — src/a.ts, test/a.test.ts\n**Statut** — Terminé\n**Résumé** — Une API.\n---",
                // A table.
                block("| Champ | Valeur |", "|---|---|", "| **Type** | API REST |",
                        "| **Fichiers** | `src/a.ts`, `test/a.test.ts` |",
                        "| **Statut** | ✅ Terminé |", "| **Résumé** | Une API. |"),
                // A quotation.
                AS_AGREED.lines()
                        .map(line -> "> " + line).reduce("", (a, b) -> a + b + "\n"),
                // Rules of another kind, none at all, Windows line ends, no-break spaces.
                "📦 LIVRABLE - backend-dev\n=====\nType : API REST\nFichiers : src/a.ts, test/a.test.ts\nStatut : ✅ Terminé\nRésumé : Une API.\n=====",
                "📦 Livrable : backend-dev\nType : API REST\nFichiers : src/a.ts, test/a.test.ts\nStatut : ✅ Terminé\nRésumé : Une API.",
                AS_AGREED.replace("\n", "\r\n"),
                block("Type\u00a0: API REST", "Fichiers\u00a0: src/a.ts, test/a.test.ts", "Statut\u00a0: ✅\u00a0Terminé",
                        "Résumé\u00a0: Une API."),
                // Without the parcel, with the line's name.
                "LIVRABLE — backend-dev\nType : API REST\nFichiers : src/a.ts, test/a.test.ts\nStatut : ✅ Terminé\nRésumé : Une API.",
                "**LIVRABLE – backend-dev**\nType : API REST\nFichiers : src/a.ts, test/a.test.ts\nStatut : ✅ Terminé\nRésumé : Une API.",
                // Another order, labels with remarks.
                block("Statut : ✅ Terminé", "Résumé : Une API.", "Type du livrable : API REST",
                        "Fichiers créés ou modifiés (2) : src/a.ts, test/a.test.ts"),
                // The request for validation behind it, without a closing rule.
                AS_AGREED.substring(0, AS_AGREED.lastIndexOf('\n'))
                        .concat("\n✋ **Validation requise** — Ce livrable te convient ?"),
                // Several: the last counts, a mention of one after it does not.
                block("Type : plan", "Fichiers : Aucun", "Statut : ⏳ En attente", "Résumé : Avant.") + "\n\nPuis :\n"
                        + AS_AGREED.concat("\nLe 📦 livrable ci-dessus est complet."),
                // The form quoted first.
                block("Type : {quoi}", "Fichiers : {liste}", "Statut : ✅ Terminé | ⏳ En attente | 🚫 Bloqué",
                        "Résumé : {1-2 phrases}") + "\n"
                        + AS_AGREED,
                // A decomposed accent, a summary on two lines.
                block("Type : API REST", "Fichiers : src/a.ts, test/a.test.ts", "Statut : ✅ Termine\u0301",
                        "Re\u0301sume\u0301 : Une", "API."),
                // English.
                "📦 DELIVERABLE — backend-dev\nType: API REST\nFiles: src/a.ts, test/a.test.ts\nStatus: ✅ Completed\nSummary: Une API.");
    }

    @ParameterizedTest
    @MethodSource("blocksThatSayTheSame")
    void aBlockIsReadInEveryDress(String reply) {
        BlockReader.Found found = BlockReader.read("Du texte.\n\n" + reply);
        assertThat(found.missing()).isEmpty();
        assertThat(found.block()).usingRecursiveComparison().ignoringFields("raw").isEqualTo(
                new DeliverableBlock("API REST", List.of("src/a.ts", "test/a.test.ts"), Status.COMPLETED, null, "Une API.", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', nullValues = "-", value = {
            "✅ Terminé # COMPLETED # -",
            "Terminé # COMPLETED # -",
            "✅ # COMPLETED # -",
            "✔️ Terminé (tests verts) # COMPLETED # -",
            "✅ Terminé, en attente de revue # COMPLETED # -",
            "terminé — rien n'est bloqué # COMPLETED # -",
            "Done # COMPLETED # -",
            "⏳ En attente de validation # PENDING # -",
            "⏳ En attente # PENDING # -",
            "⏳ # PENDING # -",
            "⏳ En attente de validation du contrat d'API par frontend-dev # PENDING # validation du contrat d'API par frontend-dev",
            "⏳ En attente (validation par frontend-dev) # PENDING # validation par frontend-dev",
            "En attente : réponse d'architecte # PENDING # réponse d'architecte",
            "⏳ Non terminé # PENDING # Non terminé",
            "🚫 Bloqué (décision de BDD non prise) # BLOCKED # décision de BDD non prise",
            "🚫 Bloqué — décision de BDD non prise # BLOCKED # décision de BDD non prise",
            "🚫 Bloqué : specs API insuffisantes # BLOCKED # specs API insuffisantes",
            "🚫 **Bloqué** (specs (API) insuffisantes) # BLOCKED # specs (API) insuffisantes",
            "bloqué # BLOCKED # -",
            "🚫 Bloqué (raison) # BLOCKED # -",
            "🚫 # BLOCKED # -",
            "⛔ BLOQUÉE, il manque le schéma # BLOCKED # il manque le schéma",
            "✅ Terminé | ⏳ En attente de validation | 🚫 Bloqué (raison) # - # -",
            "❌ Non terminé # - # -",
            "✅ Pas encore terminé # - # -",
            "Partiellement terminé # - # -",
            "En cours # - # -",
            "débloqué # - # -",
            "{statut} # - # -"})
    void aStatusIsReadByItsFirstWord(String text, @Nullable Status status, @Nullable String reason) {
        assertThat(StatusText.of(text)).isEqualTo(new StatusText(status, reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', value = {
            "src/a.ts, src/b.ts # src/a.ts src/b.ts",
            "`src/a.ts`, `src/b.ts` et `src/c.ts` # src/a.ts src/b.ts src/c.ts",
            "src/a.ts et src/b.ts # src/a.ts src/b.ts",
            "src/a.ts (créé, avec `npm test`), src/b.ts (modifié) # src/a.ts src/b.ts",
            "`src/a.ts` — expose `createUser` # src/a.ts",
            "src/a.ts - la route # src/a.ts",
            "src/a.ts : la route, src/b.ts # src/a.ts src/b.ts",
            "créé : src/a.ts # src/a.ts",
            "Modifiés : Dockerfile, .env.example, Makefile # Dockerfile .env.example Makefile",
            "/workspace/src/a.ts, ./src/b.ts # src/a.ts src/b.ts",
            "[src/a.ts](src/a.ts), [`b.ts`](src/b.ts) # src/a.ts b.ts",
            "src/{a,b}.ts # src/a.ts src/b.ts",
            "src/a.ts, src/a.ts # src/a.ts",
            "src/a.ts. # src/a.ts",
            "src/a.ts:12-30 # src/a.ts",
            "**src/a.ts** # src/a.ts",
            "\"src/mon fichier.ts\" # src/mon;fichier.ts",
            "`src/mon fichier.ts` # src/mon;fichier.ts",
            "a.ts → b.ts # a.ts b.ts",
            "+ src/a.ts # src/a.ts",
            "migrations/2026-11-23_init.sql; README.md # migrations/2026-11-23_init.sql README.md",
            "docs/, src/ # docs/ src/",
            "src/__init__.py, src/__tests__/a.test.ts # src/__init__.py src/__tests__/a.test.ts",
            "__init__.py, app/__main__.py # __init__.py app/__main__.py",
            "`src/__init__.py` et `src/a.py` # src/__init__.py src/a.py",
            "__src/a.ts__, src/b.ts # src/a.ts src/b.ts",
            "**src/**, **`.env.example`** # src/ .env.example",
            "**.gitignore** # .gitignore",
            "src/**/*.ts, *.md # src/**/*.ts *.md",
            "- **/*.test.ts # **/*.test.ts",
            "- *.sql # *.sql",
            "migrations/*, src/** # migrations/ src/",
            "voir https://example.org/a.ts et src/a.ts # src/a.ts",
            "src/a.ts, ainsi que les tests # src/a.ts",
            "Aucun # ''",
            "aucun (analyse seulement) # ''",
            "Aucun fichier modifié ; voir docs/x.md # ''",
            "Aucune # ''",
            "Néant # ''",
            "— # ''",
            "N/A # ''"})
    void filesAreReadAsTheyAreListed(String line, String paths) {
        List<String> expected = paths.equals("''")
                ? List.of()
                : List.of(paths.split(" ")).stream().map(path -> path.replace(';', ' ')).toList();
        assertThat(FileList.of(List.of(line))).isEqualTo(expected);
    }

    @Test
    void filesGoOnOverLinesUntilSomethingElseBegins() {
        String reply = block("Type : API", "Fichiers :", "- src/a.ts : la route", "", "- src/b.ts", "",
                "Les tests passent dans ci.yml.", "Statut : Terminé",
                "Résumé : Fait.");
        assertThat(read(reply).files()).containsExactly("src/a.ts", "src/b.ts");
    }

    @Test
    void aSummaryEndsAtABlankLine() {
        DeliverableBlock block = read(
                "📦 LIVRABLE — x\nType : API\nFichiers : Aucun\nStatut : Terminé\nRésumé : Une phrase.\nUne autre.\n\nAu revoir.");
        assertThat(block.summary()).isEqualTo("Une phrase. Une autre.");
        assertThat(block.raw()).endsWith("Une autre.");
    }

    @Test
    void theRawBlockGoesFromItsFirstLineToItsLast() {
        String block = block("Type : API", "Fichiers : Aucun", "Statut : Terminé", "Résumé : Fait.");
        assertThat(read("Avant.\n" + block + "\n\n✋ **Validation requise** — ok ?").raw()).isEqualTo(block);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"Type : API # TYPE", "Fichiers : Aucun # FILES", "Statut : Terminé # STATUS",
            "Résumé : Fait. # SUMMARY"})
    void aFieldThatIsLeftOutIsMissed(String line, ContractPart part) {
        String whole = block("Type : API", "Fichiers : Aucun", "Statut : Terminé", "Résumé : Fait.");
        assertThat(BlockReader.read(whole.replace(line + "\n", "")).missing()).containsExactly(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"Type : # TYPE", "Type : {ce qui a été produit} # TYPE", "Fichiers : # FILES",
            "Fichiers : {liste des fichiers} # FILES", "Statut : en cours # STATUS", "Résumé : # SUMMARY"})
    void aFieldThatSaysNothingIsMissed(String line, ContractPart part) {
        String label = line.substring(0, line.indexOf(' '));
        String whole = block("Type : API", "Fichiers : Aucun", "Statut : Terminé", "Résumé : Fait.");
        String changed = whole.lines().map(each -> each.startsWith(label) ? line : each).reduce("", (a, b) -> a + b + "\n");
        assertThat(BlockReader.read(changed).missing()).containsExactly(part);
    }

    @Test
    void fieldsWithoutTheirFirstLineAreReadButTheLineIsMissed() {
        BlockReader.Found found = BlockReader.read("Type : API\nFichiers : a.ts\nStatut : Terminé\nRésumé : Fait.");
        assertThat(found.missing()).containsExactly(ContractPart.BLOCK);
        assertThat(found.block()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bonjour.", "Les livrables attendus : une API.", "Type : API", "📦 LIVRABLE — backend-dev",
            "Statut : Terminé\nRésumé : oui",
            "Le livrable — une API — est prêt.", "📦 Tout est dans le colis."})
    void aReplyWithoutABlockHasNone(String reply) {
        assertThat(BlockReader.read(reply)).isEqualTo(new BlockReader.Found(null, Set.of(ContractPart.BLOCK)));
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"📦 LIVRABLE — x\n", "Type : ", "(", "`", "[a](", "> ", "**", "{a,", "| a ", "- src/a.ts, ", "─",
            "Fichiers :\n- a.ts\n", "\n\n",
            "a b ", "é", "Statut : Terminé | ", "\u0301\u0316"})
    void hostileRepetitionTakesLinearTime(String piece) {
        String reply = "📦 LIVRABLE — x\nType : a\nFichiers : " + piece.repeat(1_000_000 / piece.length());
        assertThat(BlockReader.read(reply)).isNotNull();
    }

    private static DeliverableBlock read(String reply) {
        DeliverableBlock block = BlockReader.read(reply).block();
        if (block == null) {
            throw new AssertionError("no block in: " + reply);
        }
        return block;
    }

    private static String block(String... lines) {
        return "📦 LIVRABLE — backend-dev\n" + RULE + "\n" + String.join("\n", lines) + "\n" + RULE;
    }
}
