package dev.relais.schemas.wire;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Headers and bytes as a foreign producer may send them. */
final class RecordOf {
    private RecordOf() {}

    /** @param pairs names and values in turn */
    static Headers headers(String... pairs) {
        var headers = new RecordHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], bytes(pairs[i + 1]));
        }
        return headers;
    }

    /** What a correct event of this type has, replaced or extended by {@code pairs}; the value {@code -} takes a header away. */
    static Headers binary(EventType type, String... pairs) {
        var headers = headers("ce_specversion", "1.0", "ce_id", "e-1", "ce_source", "urn:test", "ce_type", type.wireName(),
                "content-type", "application/json");
        for (int i = 0; i < pairs.length; i += 2) {
            headers.remove(pairs[i]);
            if (!pairs[i + 1].equals("-")) {
                headers.add(pairs[i], bytes(pairs[i + 1]));
            }
        }
        return headers;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
