package dev.relais.worker.policy;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.persona.Language;
import dev.relais.worker.workspace.TextChange;

import static org.assertj.core.api.Assertions.assertThat;

/** What the rules say of an English persona's work, to it and to others. */
class EnglishWordsTest {
    @Test
    void aFileThatWasNeverWritten() {
        assertThat(FileClaimRule.toPersona(List.of("src/ghost.ts", "src/b.ts"), Language.ENGLISH))
                .startsWith("Your deliverable block names files that the git diff of your workspace does not show")
                .contains("\n\n- src/ghost.ts\n- src/b.ts\n\n");
    }

    @Test
    void aSecret() {
        assertThat(SecretVoice.toPersona(List.of(new Secret("src/db.ts", 3, "password")), Language.ENGLISH))
                .startsWith("The deliverable holds what looks like hard-coded secrets:\n- src/db.ts:3 (password)\n\nNothing");
    }

    @Test
    void aCommandThatFails() {
        var results = List.of(new ToolOutcome("a", "Exit code 1\nexpected 2", true), new ToolOutcome("b", "ok", false));
        assertThat(AcceptanceRule.toPersona(List.of("npm test", "npm run lint"), results, 1, Language.ENGLISH)).isEqualTo(
                """
                        The task's acceptance commands were run on your deliverable, and at least one fails.

                        ### `npm test`
                        Failed
                        ```
                        Exit code 1
                        expected 2
                        ```

                        ### `npm run lint`
                        Passed

                        Mend what fails without changing these commands, then give a complete reply, from the banner to the deliverable block. This is the last try.""");
    }

    @Test
    void aWatchedChange() {
        var change = new TextChange("migrations/1.sql", TextChange.ADDED, TextChange.Content.TEXT, "",
                "CREATE TABLE a (b int);\n");
        assertThat(InspectionRule.of(List.of(change), Language.ENGLISH).watched())
                .extracting(watched -> watched.line(Language.ENGLISH))
                .containsExactly("migrations/1.sql: migration added or changed");
    }

    @Test
    void aSituationIsFirstCalledInThePersonasOwnLanguage() {
        assertThat(Watched.Kind.DATABASE.phrases(Language.ENGLISH)).containsExactly("Structuring database choice",
                "Choix de BDD structurant");
        assertThat(Watched.Kind.DATABASE.phrases(Language.FRENCH)).containsExactly("Choix de BDD structurant",
                "Structuring database choice");
    }
}
