package dev.relais.worker.toolkit;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import dev.relais.worker.tool.ContentHash;

/** A file's bytes. */
final class Content {
    static final Content EMPTY = of("");
    private static final int BINARY_LOOK = 8_000;

    private final byte[] bytes;

    Content(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static Content of(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** From {@link #raw}. */
    static Content ofRaw(String raw) {
        return new Content(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int size() {
        return bytes.length;
    }

    String hash() {
        return ContentHash.of(bytes);
    }

    /** One character a byte: what is cut and joined in this form keeps every byte, whatever the encoding. */
    String raw() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String raw(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    boolean isBinary() {
        if (!encoding().equals(StandardCharsets.UTF_8)) {
            return false;
        }
        for (int i = 0; i < Math.min(bytes.length, BINARY_LOOK); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Without byte order mark; what is no text in its encoding reads as U+FFFD. */
    String text() {
        String text = new String(bytes, encoding());
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Charset encoding() {
        if (startsWith(0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private boolean startsWith(int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
