package dev.relais.deploy.playbook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Short names of long texts. */
final class Fingerprint {
    private static final int BYTES = 8;

    private Fingerprint() {}

    static String of(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Breakpoints move from request to request, and a cache does not see them. */
    static JsonNode withoutBreakpoints(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var bare = JsonNodeFactory.instance.objectNode();
                for (var field : object.properties()) {
                    if (!field.getKey().equals("cache_control")) {
                        bare.set(field.getKey(), withoutBreakpoints(field.getValue()));
                    }
                }
                yield bare;
            }
            case ArrayNode array -> {
                var bare = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> bare.add(withoutBreakpoints(item)));
                yield bare;
            }
            default -> node;
        };
    }
}
