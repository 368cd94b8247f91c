package dev.relais.worker.persona;

import java.util.Locale;
import java.util.Set;

/**
 * Which language a persona's file is written in: French where more of its words are French words without a meaning of their own than English ones, else
 * English. Words that both have (a, on, or, as) count for neither.
 */
final class LanguageRule {
    private static final Set<String> FRENCH = Set.of("le", "la", "les", "des", "du", "un", "une", "et", "est", "sont", "dans",
            "pour",
            "par", "avec", "sans", "sur", "ce", "ces", "cette", "que", "qui", "au", "aux", "tu", "te", "ton", "ta", "tes", "vous",
            "votre", "vos", "il", "elle", "ne", "pas", "ou", "où", "son", "sa", "ses", "leur", "toute", "tout", "chaque");
    private static final Set<String> ENGLISH = Set.of("the", "and", "of", "to", "in", "is", "are", "for", "with", "without",
            "that",
            "this", "these", "it", "its", "you", "your", "be", "by", "from", "not", "no", "when", "which", "who", "any", "each",
            "every", "all", "if", "than", "must", "should", "never", "before", "after", "into", "they");
    private static final int LONGEST = 7;

    private static final Remembered<Language> READ = new Remembered<>(LanguageRule::read);

    private LanguageRule() {}

    static Language of(String text) {
        return READ.of(text);
    }

    private static Language read(String text) {
        int french = 0;
        int english = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
                continue;
            }
            if (i > start && i - start <= LONGEST) {
                String word = text.substring(start, i).toLowerCase(Locale.ROOT);
                french += FRENCH.contains(word) ? 1 : 0;
                english += ENGLISH.contains(word) ? 1 : 0;
            }
            start = i + 1;
        }
        return french > english ? Language.FRENCH : Language.ENGLISH;
    }
}
