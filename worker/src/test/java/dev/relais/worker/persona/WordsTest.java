package dev.relais.worker.persona;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"Équipe # equipe", "E\u0301quipe # equipe", "CŒUR # coeur", "ﬁchier # fichier",
            "⏳\uFE0F # ⏳", "abc # abc"})
    void foldingDropsAccentsAndCase(String text, String folded) {
        assertThat(Words.fold(text)).isEqualTo(folded);
    }

    @Test
    void wordsAreRunsOfLettersAndDigits() {
        assertThat(Words.of("📦 L'API n°2 — prête !")).containsExactly("l", "api", "n", "2", "prete");
    }

    @Test
    @Timeout(60)
    void aLongRunOfMarksTakesLinearTime() {
        assertThat(Words.fold("a" + "\u0301\u0316".repeat(500_000))).isEqualTo("a");
    }
}
