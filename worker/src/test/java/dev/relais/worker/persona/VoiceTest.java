package dev.relais.worker.persona;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.WorkDispatched.Input;

import static org.assertj.core.api.Assertions.assertThat;

class VoiceTest {
    private static final Raised OF_A_CALL = new Raised(1, 2, 0);
    private static final Raised OF_A_REPLY = new Raised(1, 2, Raised.WHOLE_REPLY);

    @Test
    void aVerdictThatAsksForChangesSaysWhoAndWhat() {
        assertThat(heard(InputKind.CHANGES, "Ajoute la pagination.\n", null, "Ana")).isEqualTo(
                """
                        Verdict sur ton livrable : modifications demandées (Ana).

                        Ajoute la pagination.

                        Apporte ces modifications, puis rends une nouvelle réponse complète, de la bannière au bloc « 📦 LIVRABLE — backend-dev ».""");
    }

    @Test
    void anAnswerToACallIsItsResultAndNothingMore() {
        assertThat(heard(InputKind.ANSWER, "PostgreSQL.", OF_A_CALL, "architecte"))
                .isEqualTo("Réponse à ton escalade (architecte) :\n\nPostgreSQL.");
    }

    @Test
    void anAnswerToAStatusOpensANewRound() {
        assertThat(heard(InputKind.ANSWER, "Le contrat à ton escalade est validé.", OF_A_REPLY, "frontend-dev"))
                .startsWith(
                        "Réponse au point qui te bloquait ou que tu attendais (frontend-dev) :\n\nLe contrat à ton escalade est validé.\n\n")
                .endsWith("« 📦 LIVRABLE — backend-dev ».");
    }

    @Test
    void aMessageSaysWhoSpeaks() {
        assertThat(heard(InputKind.MESSAGE, "Utilise Node 24.", null, "chef-equipe"))
                .startsWith("Message (chef-equipe) :\n\nUtilise Node 24.");
        assertThat(heard(InputKind.MESSAGE, "Utilise Node 24.", null, null)).startsWith("Message :\n\nUtilise Node 24.");
    }

    @ParameterizedTest
    @EnumSource(value = InputKind.class, names = {"REQUEST", "WORKER"})
    void whatIsRenderedElsewhereComesBackAsItIs(InputKind kind) {
        assertThat(heard(kind, " comme c'est \n", null, null)).isEqualTo(" comme c'est \n");
    }

    @ParameterizedTest
    @EnumSource(value = InputKind.class, names = {"MESSAGE", "ANSWER"})
    void emptyWordsAreSaidToBeEmpty(InputKind kind) {
        assertThat(heard(kind, " ", OF_A_CALL, " ")).contains(":\n\n(message vide)").doesNotContain("( )");
    }

    private static String heard(InputKind kind, String text, @Nullable Raised raised, @Nullable String by) {
        return Voice.heard(new Input("i-1", kind, text, raised, by), Personas.shipped());
    }
}
