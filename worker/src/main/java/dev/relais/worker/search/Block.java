package dev.relais.worker.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.relais.worker.text.TextEncoding;
import dev.relais.worker.text.Utf8Sequence;

/** Whole lines of a file, as a reader gives them or as well-formed UTF-8. */
final class Block {
    static final int NONE = -1;

    private final byte[] bytes;
    /** The same, one character a byte: the platform searches these fastest. */
    private final String raw;
    private final int fresh;

    private Block(byte[] bytes, String raw, int fresh) {
        this.bytes = bytes;
        this.raw = raw;
        this.fresh = fresh;
    }

    /** Not to be written to. */
    byte[] bytes() {
        return bytes;
    }

    String raw() {
        return raw;
    }

    /** Where lines begin that were not in the block before. */
    int fresh() {
        return fresh;
    }

    static Block of(byte[] bytes, int fresh) {
        return new Block(bytes, new String(bytes, StandardCharsets.ISO_8859_1), fresh);
    }

    /** In UTF-8, whatever it was in. What stays no text reads as U+FFFD. */
    Block readable() {
        boolean marked = bytes.length > 1 && (bytes[0] & 0xFF) >= 0xEF && TextEncoding.of(bytes) != TextEncoding.UTF_8;
        if (!marked && Utf8Sequence.isAll(bytes, 0, bytes.length)) {
            return this;
        }
        String text = TextEncoding.of(bytes).decode(bytes);
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(
                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point));
        // Only the first block of a file has no old lines before the fresh ones, or the whole is recoded alike.
        int stays = fresh == 0 ? 0 : recodedLength(fresh);
        return of(clean.toString().getBytes(StandardCharsets.UTF_8), stays);
    }

    private int recodedLength(int to) {
        int lines = 0;
        for (int at = raw.indexOf('\n'); at >= 0 && at < to; at = raw.indexOf('\n', at + 1)) {
            lines++;
        }
        String recoded = new String(TextEncoding.of(bytes).decode(bytes).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        int at = 0;
        for (int i = 0; i < lines; i++) {
            at = recoded.indexOf('\n', at) + 1;
        }
        return at;
    }

    boolean isWide() {
        TextEncoding encoding = TextEncoding.of(Arrays.copyOf(bytes, Math.min(2, bytes.length)));
        return encoding == TextEncoding.UTF_16LE || encoding == TextEncoding.UTF_16BE;
    }

    boolean isBinary() {
        return raw.indexOf('\0') >= 0 && !isWide();
    }

    /** Of the last line's end, that of a line feed not counted. */
    int limit() {
        return raw.endsWith("\n") ? bytes.length - 1 : bytes.length;
    }

    int lineStart(int at) {
        return at == 0 ? 0 : raw.lastIndexOf('\n', at - 1) + 1;
    }

    int lineEnd(int at) {
        int end = raw.indexOf('\n', at);
        return end < 0 ? bytes.length : end;
    }

    /** @param most characters of it that are wanted */
    String line(int start, int end, int most) {
        int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        int cut = (int) Math.min(stop, start + 4L * most);
        while (cut < stop && (bytes[cut] & 0xC0) == 0x80) {
            cut++;
        }
        return new String(bytes, start, cut - start, StandardCharsets.UTF_8);
    }
}
