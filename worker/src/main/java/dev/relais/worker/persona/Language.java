package dev.relais.worker.persona;

/** What a persona's own text is written in: Relais speaks it to the persona, and about the persona's work to others. */
public enum Language {
    FRENCH("fr", "french.yaml"),
    ENGLISH("en", "english.yaml");

    private final String tag;
    private final String file;

    Language(String tag, String file) {
        this.tag = tag;
        this.file = file;
    }

    /** By BCP 47. */
    public String tag() {
        return tag;
    }

    String file() {
        return file;
    }

    /** @param text a persona's file, whole */
    public static Language of(String text) {
        return LanguageRule.of(text);
    }

    /** @param values in the order in which {@code phrase} tells them */
    public String say(Phrase phrase, Object... values) {
        String words = PhraseBook.of(this).words(phrase);
        return values.length == 0 ? words : words.formatted(values);
    }
}
