package dev.relais.worker.text;

import java.nio.charset.Charset;

/** As browsers have it: its five holes are the control characters of the same number, so that every byte comes back. */
public final class Windows1252 {
    private static final int BYTES = 256;
    private static final char[] CHARS = chars();

    private Windows1252() {}

    private static char[] chars() {
        var chars = new char[BYTES];
        for (int i = 0; i < BYTES; i++) {
            char each = new String(new byte[]{(byte) i}, Charset.forName("windows-1252")).charAt(0);
            chars[i] = each == '\uFFFD' ? (char) i : each;
        }
        return chars;
    }

    public static String decode(byte[] bytes) {
        var text = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[i] = CHARS[bytes[i] & 0xFF];
        }
        return new String(text);
    }

    static boolean has(int point) {
        return point < 0x10000 && code((char) point) >= 0;
    }

    /** @return -1 where it has none */
    private static int code(char each) {
        if (each < 0x80) {
            return each;
        }
        if (each >= 0xA0 && each < BYTES) {
            return each;
        }
        for (int i = 0x80; i < 0xA0; i++) {
            if (CHARS[i] == each) {
                return i;
            }
        }
        return -1;
    }

    static byte[] encode(String text) {
        var bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) code(text.charAt(i));
        }
        return bytes;
    }
}
