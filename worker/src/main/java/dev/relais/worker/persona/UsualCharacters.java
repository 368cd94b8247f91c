package dev.relais.worker.persona;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How usual a character is in persona files. Only those matter whose UTF-8 holds a byte that windows-1252 or windows-1254 leaves undefined. */
final class UsualCharacters {
    /** The most usual first: signs, then arrows and frames, then the pictures with which agents mark their sections. */
    private static final String BY_USE = "”\uFE0F⏳━❌═←\uD83C\uDFD7🎯📝🎨🔍🔐🐍🐛🤝📐📏📁🏆🐳🐘🌐🌍⏱⏰❗❓✏❤"
            + "┐┓╝╗┏ÁÍÏÝ🔎💎🎉🎬🎭🎓🎮🎪🎵🎤🔁📍📎🏛🏢🏷🏁🏥🏠🏃🏭🏪🏦🏅🌟🌎🌱🌳🌊🌈🎁🎀🐞🐙🐧🐦🐝🐌🐋👁👏👍👎👐💡💝💐💍💁"
            + "🛍🛎🛒🚍🚏🚨🧐🧪🤐🤔🙏🚀🖍🕐🕵🗝🗂🗣🔏🔝🔒🔓📞📋📊⏸⏹⏺⏭⏩⏪⏯⏲☁☝☎✍✝❄❇❎❝❞❯❱❶❷❸❹❺❻❼❽❾➝➞⁉‐⇐≡≠Őő";

    private static final int LAST = 10_000;
    private static final Map<Integer, Integer> RANKS = ranks();

    private UsualCharacters() {}

    /** Smaller is more usual. */
    static int rank(int character) {
        return RANKS.getOrDefault(character, LAST + kind(character));
    }

    static Comparator<Integer> mostUsualFirst() {
        return Comparator.comparingInt(UsualCharacters::rank).thenComparing(Comparator.naturalOrder());
    }

    private static int kind(int character) {
        if (character >= 0x1F300 && character <= 0x1FAFF) {
            return 0;
        }
        return switch (Character.getType(character)) {
            case Character.LOWERCASE_LETTER, Character.UPPERCASE_LETTER -> character < 0x180 ? 1 : 4;
            case Character.OTHER_SYMBOL, Character.MATH_SYMBOL -> 2;
            case Character.DASH_PUNCTUATION, Character.OTHER_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION ->
                3;
            default -> 5;
        };
    }

    private static Map<Integer, Integer> ranks() {
        var ranks = new HashMap<Integer, Integer>();
        List<Integer> characters = BY_USE.codePoints().boxed().toList();
        for (int i = 0; i < characters.size(); i++) {
            ranks.putIfAbsent(characters.get(i), i);
        }
        return Map.copyOf(ranks);
    }
}
