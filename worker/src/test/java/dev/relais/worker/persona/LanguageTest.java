package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "FRENCH | Tu es un développeur. Tu lis le contrat avant d'écrire la moindre ligne.",
            "FRENCH | TU ÉCRIS LES TESTS DANS LE DOSSIER tests/ the end",
            "ENGLISH | You are an engineer. Read the contract before you write anything.",
            "ENGLISH | You write le café and la crème of the menu, and all that is in it.",
            "ENGLISH | Node.js PostgreSQL Redis",
            "ENGLISH | ''",
            "ENGLISH | theatre lesson dessert unethical"})
    void theWordsWithoutAMeaningOfTheirOwnTellTheLanguage(Language language, String text) {
        assertThat(Language.of(text)).isEqualTo(language);
    }

    @Test
    void theShippedPersonaIsFrenchWhateverBecomesOfItsAccents() {
        assertThat(Personas.shipped().language()).isEqualTo(Language.FRENCH);
        assertThat(Language.of(Words.fold(PersonaFile.shipped()))).isEqualTo(Language.FRENCH);
        assertThat(Personas.parsed(Personas.file()).language()).isEqualTo(Language.ENGLISH);
    }

    @ParameterizedTest
    @EnumSource
    void eachLanguageSaysEachPhraseWithTheSameValuesAndNothingElse(Language language) {
        List<String> keys = Stream.of(Phrase.values()).map(Phrase::key).toList();
        assertThat(new ArrayList<Object>(PhraseBook.file(language.file()).keySet())).isEqualTo(keys);
        for (Phrase phrase : Phrase.values()) {
            String words = language.say(phrase);
            assertThat(values(words)).as(phrase.key()).isEqualTo(values(Language.FRENCH.say(phrase)));
            assertThat(words.replace("%s", "")).as(phrase.key()).doesNotContain("%").isNotBlank();
        }
    }

    @Test
    void onlyFrenchSpeaksFrench() {
        for (Phrase phrase : Phrase.values()) {
            assertThat(Language.ENGLISH.say(phrase)).as(phrase.key()).doesNotContain("«", " :").doesNotContainPattern("[à-ü]");
        }
    }

    private static int values(String words) {
        return words.split("%s", -1).length - 1;
    }
}
