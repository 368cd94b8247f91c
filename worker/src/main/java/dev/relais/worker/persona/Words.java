package dev.relais.worker.persona;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/** Text as it is compared: people and models drop accents, change case and put punctuation where they like. */
public final class Words {
    /** Letters whose decomposition is remembered: banners and blocks are drawn with lines of the same few. */
    private static final int REMEMBERED = 0x3000;
    private static final AtomicReferenceArray<@Nullable String> DECOMPOSED = new AtomicReferenceArray<>(REMEMBERED);

    private Words() {}

    /**
     * Without accents and variation selectors, in lower case.
     *
     * <p>Letter by letter: normalizing the whole text would sort its marks, and a long run of them costs the square of its length.
     */
    public static String fold(String text) {
        var folded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int letter = text.codePointAt(at);
            at += Character.charCount(letter);
            if (letter < 128) {
                folded.append((char) letter);
            } else if (letter == 'œ' || letter == 'Œ') {
                folded.append("oe");
            } else if (Character.getType(letter) != Character.NON_SPACING_MARK) {
                folded.append(unmarked(letter));
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    private static String unmarked(int letter) {
        if (letter >= REMEMBERED) {
            return withoutMarks(letter);
        }
        String known = DECOMPOSED.get(letter);
        if (known == null) {
            known = withoutMarks(letter);
            DECOMPOSED.set(letter, known);
        }
        return known;
    }

    private static String withoutMarks(int letter) {
        var kept = new StringBuilder();
        Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFKD).codePoints()
                .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK).forEach(kept::appendCodePoint);
        return kept.toString();
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
