package dev.relais.worker.persona;

import java.util.EnumMap;
import java.util.Map;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The words of one language, from its file in the jar. */
record PhraseBook(Map<Phrase, String> phrases) {
    private static final Map<Language, PhraseBook> SHIPPED = all();

    PhraseBook {
        phrases = Map.copyOf(phrases);
    }

    static PhraseBook of(Language language) {
        PhraseBook book = SHIPPED.get(language);
        if (book == null) {
            throw new IllegalStateException("no phrases in " + language);
        }
        return book;
    }

    String words(Phrase phrase) {
        String words = phrases.get(phrase);
        if (words == null) {
            throw new IllegalStateException("no words for " + phrase.key());
        }
        return words;
    }

    private static Map<Language, PhraseBook> all() {
        var books = new EnumMap<Language, PhraseBook>(Language.class);
        for (Language language : Language.values()) {
            books.put(language, read(language.file()));
        }
        return books;
    }

    private static PhraseBook read(String file) {
        var phrases = new EnumMap<Phrase, String>(Phrase.class);
        Map<?, ?> read = file(file);
        for (Phrase phrase : Phrase.values()) {
            if (!(read.get(phrase.key()) instanceof String words)) {
                throw new IllegalStateException("dev/relais/worker/persona/" + file + " lacks " + phrase.key() + "; add it");
            }
            phrases.put(phrase, words);
        }
        return new PhraseBook(phrases);
    }

    /** All that the file holds, whether somebody says it or not. */
    static Map<?, ?> file(String name) {
        Object root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(Resource.text(name));
        return root instanceof Map<?, ?> map ? map : Map.of();
    }
}
