package dev.relais.worker.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** How a file's bytes are text. What is read is written back the same, byte for byte, but for what was changed. */
public enum TextEncoding {
    UTF_8("UTF-8"),
    UTF_8_MARKED("UTF-8 with byte order mark"),
    UTF_16LE("UTF-16LE"),
    UTF_16BE("UTF-16BE"),
    /** What is no UTF-8 and was mostly meant to be none: every byte is a character. */
    WINDOWS_1252("windows-1252");

    private static final char MARK = '\uFEFF';
    /** A byte that is no UTF-8 is held as a lone surrogate, which no text contains, as Python does. */
    private static final int STRAY = 0xDC00;

    private final String title;

    TextEncoding(String title) {
        this.title = title;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    public static TextEncoding of(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return UTF_16LE;
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return UTF_16BE;
        }
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return UTF_8_MARKED;
        }
        return isAscii(bytes) ? UTF_8 : utf8OrNot(bytes);
    }

    /** A few stray bytes among much UTF-8 do not make it another encoding. */
    private static TextEncoding utf8OrNot(byte[] bytes) {
        int good = 0;
        int stray = 0;
        for (int at = 0; at < bytes.length;) {
            int length = bytes[at] >= 0 ? 1 : Utf8Sequence.length(bytes, at, bytes.length);
            good += length > 1 ? 1 : 0;
            stray += length == 0 ? 1 : 0;
            at += Math.max(1, length);
        }
        return stray > good ? WINDOWS_1252 : UTF_8;
    }

    static boolean isAscii(byte[] bytes) {
        int ored = 0;
        for (byte each : bytes) {
            ored |= each;
        }
        return ored >= 0;
    }

    private static boolean startsWith(byte[] bytes, int... wanted) {
        if (bytes.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((bytes[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Without the byte order mark. */
    public String decode(byte[] bytes) {
        return switch (this) {
            case UTF_8 -> utf8(bytes, 0);
            case UTF_8_MARKED -> utf8(bytes, 3);
            case UTF_16LE -> new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
            case UTF_16BE -> new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
            case WINDOWS_1252 -> Windows1252.decode(bytes);
        };
    }

    private static String utf8(byte[] bytes, int from) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from)).toString();
        } catch (CharacterCodingException e) {
            return withStrays(bytes, from);
        }
    }

    private static String withStrays(byte[] bytes, int from) {
        var text = new StringBuilder(bytes.length);
        for (int at = from; at < bytes.length;) {
            int length = Utf8Sequence.length(bytes, at, bytes.length);
            if (length == 0) {
                text.append((char) (STRAY | (bytes[at] & 0xFF)));
                at++;
            } else {
                text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return text.toString();
    }

    /** @return the first character that the encoding does not have */
    public OptionalInt missing(String text) {
        return this == WINDOWS_1252
                ? text.codePoints().filter(point -> !Windows1252.has(point)).findFirst()
                : OptionalInt.empty();
    }

    /**
     * With the byte order mark.
     *
     * @param text of which nothing is {@link #missing}
     */
    public byte[] encode(String text) {
        return switch (this) {
            case UTF_8 -> strays(text);
            case UTF_8_MARKED -> strays(MARK + text);
            case UTF_16LE -> (MARK + text).getBytes(StandardCharsets.UTF_16LE);
            case UTF_16BE -> (MARK + text).getBytes(StandardCharsets.UTF_16BE);
            case WINDOWS_1252 -> Windows1252.encode(text);
        };
    }

    private static byte[] strays(String text) {
        if (text.chars().noneMatch(TextEncoding::isStray)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var bytes = new ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            boolean low = at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
            if (isStray(text.charAt(at)) && !low) {
                bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(at));
                from = at + 1;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static boolean isStray(int each) {
        return each >= (STRAY | 0x80) && each <= (STRAY | 0xFF);
    }
}
