package dev.relais.worker.persona;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as it is compared: people and models drop accents, change case and put punctuation where they like. */
public final class Words {
    private Words() {}

    /** Without accents and variation selectors, in lower case. As long as the text but for ligatures and marks; linear in it. */
    public static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        var folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                continue;
            }
            if (c == 'œ' || c == 'Œ') {
                folded.append("oe");
            } else {
                folded.append(c);
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /** The runs of letters and digits, folded, in order. */
    public static List<String> of(String text) {
        String folded = fold(text);
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= folded.length(); i++) {
            boolean inWord = i < folded.length() && Character.isLetterOrDigit(folded.charAt(i));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                words.add(folded.substring(start, i));
                start = -1;
            }
        }
        return List.copyOf(words);
    }
}
