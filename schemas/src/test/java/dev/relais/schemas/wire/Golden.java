package dev.relais.schemas.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;

/** The files that the jar ships for each type. */
final class Golden {
    private Golden() {}

    static JsonNode example(EventType type) {
        return json(type.exampleResource());
    }

    static JsonNode schema(EventType type) {
        return json(type.schemaResource());
    }

    private static JsonNode json(String resource) {
        try (var stream = Golden.class.getClassLoader().getResourceAsStream(resource)) {
            return Json.mapper().readTree(Objects.requireNonNull(stream, resource + " is not on the class path"));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
