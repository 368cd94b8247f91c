package dev.relais.worker.toolkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

import dev.relais.worker.text.TextEncoding;
import dev.relais.worker.tool.ContentHash;

/** A file's bytes, and how they are text. */
final class Content {
    static final Content EMPTY = of("");

    private final byte[] bytes;
    private final TextEncoding encoding;

    Content(byte[] bytes) {
        this.bytes = bytes.clone();
        this.encoding = TextEncoding.of(bytes);
    }

    /** In UTF-8. */
    static Content of(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    sealed interface Recoded {
        record Done(Content content) implements Recoded {}

        /** @param text why not, and what to do */
        record Refused(String text) implements Recoded {}
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

    TextEncoding encoding() {
        return encoding;
    }

    /** Whether a NUL byte shows that this is no text. */
    boolean isBinary() {
        if (encoding == TextEncoding.UTF_16LE || encoding == TextEncoding.UTF_16BE) {
            return false;
        }
        for (byte each : bytes) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    /** Without byte order mark; a byte that is no text is a lone surrogate, and comes back as that byte. */
    String text() {
        return encoding.decode(bytes);
    }

    /** To be shown: what is no text reads as U+FFFD. */
    String visible() {
        return shown(text());
    }

    static String shown(String text) {
        if (text.chars().noneMatch(each -> Character.isSurrogate((char) each))) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(
                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point));
        return clean.toString();
    }

    LineEnds lineEnds() {
        return LineEnds.of(text());
    }

    /** Another text in the same encoding, with the same byte order mark. */
    Recoded with(String text) {
        OptionalInt missing = encoding.missing(text);
        if (missing.isPresent()) {
            return new Recoded.Refused("The file is in " + encoding.title() + ", which has no \""
                    + Character.toString(missing.getAsInt())
                    + "\". Nothing was written. Use other characters, or convert the file to UTF-8 with Bash first: iconv -f "
                    + encoding.title() + " -t UTF-8.");
        }
        if (!Arrays.equals(encoding.encode(text()), bytes)) {
            return new Recoded.Refused(
                    "The file is broken " + encoding.title() + ": writing it would change more than what you asked for."
                            + " Nothing was written. Repair it with Bash first.");
        }
        return new Recoded.Done(new Content(encoding.encode(text)));
    }
}
