package dev.relais.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names one event among all producers' events: CloudEvents ids are unique within a source and nowhere else (CloudEvents 1.0, section 3.1).
 */
public record EventRef(String source, String id) {
    private static final int KEY_BYTES = 16;

    /** 32 hexadecimal digits, however long the names are: what a task remembers, and what an input is called in the journal. */
    public String key() {
        // Neither name holds a line feed that could shift the border: control characters are not allowed in context attributes.
        byte[] hash = Sha256.of((source + "\n" + id).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
    }
}
