package dev.relais.worker.regex;

/** UTF-8, read by hand: a decoder of the platform's cannot stop at a character. */
final class Utf8 {
    private static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** @param first byte of a character */
    static int length(int first) {
        int lead = first & 0xFF;
        return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    static int point(byte[] text, int at, int to) {
        int lead = text[at] & 0xFF;
        int length = length(lead);
        if (length == 1 || at + length > to) {
            return lead < 0x80 ? lead : REPLACEMENT;
        }
        int point = lead & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            point = (point << 6) | (text[at + i] & 0x3F);
        }
        return Math.min(point, CodePoints.LAST);
    }
}
