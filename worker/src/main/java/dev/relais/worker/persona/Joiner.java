package dev.relais.worker.persona;

/** The zero-width joiner stands between two pictures and nowhere else that counts here. */
final class Joiner {
    static final int ZERO_WIDTH = 0x200D;
    private static final int VARIATION = 0xFE0F;
    private static final int FIRST_PICTURE = 0x2600;
    /** What the UTF-8 of a picture begins with. */
    private static final int OF_THREE = 0xE2;
    private static final int OF_FOUR = 0xF0;

    private Joiner() {}

    static boolean joins(CharSequence before, String text, int next, Codepage codepage) {
        if (before.isEmpty() || next >= text.length()) {
            return false;
        }
        int last = Character.codePointBefore(before, before.length());
        int lead = codepage.byteOf(text.charAt(next));
        return (last >= FIRST_PICTURE || last == VARIATION) && (lead == OF_THREE || lead == OF_FOUR);
    }
}
