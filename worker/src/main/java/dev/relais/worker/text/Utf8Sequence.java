package dev.relais.worker.text;

/** The byte sequences that are characters in UTF-8: the shortest of each, no surrogate, nothing beyond Unicode. */
public final class Utf8Sequence {
    private Utf8Sequence() {}

    /** How many bytes the character takes that begins here; 0 where none does. */
    public static int length(byte[] text, int at, int to) {
        int lead = text[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > to) {
            return 0;
        }
        int second = text[at + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Whether all of it is UTF-8. */
    public static boolean isAll(byte[] text, int from, int to) {
        for (int at = from; at < to;) {
            int length = text[at] >= 0 ? 1 : length(text, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
