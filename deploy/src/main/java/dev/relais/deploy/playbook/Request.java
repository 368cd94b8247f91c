package dev.relais.deploy.playbook;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;

import dev.relais.schemas.wire.Json;

/**
 * One HTTP request, read whole.
 *
 * @param id of the answer
 * @param body missing where it cannot be read
 * @param unreadable why it cannot
 */
record Request(HttpExchange http, String id, JsonNode body, Optional<ApiError> unreadable) {
    private static final int LARGEST = 32 * 1024 * 1024;

    static Request read(HttpExchange http, String id) throws IOException {
        var bytes = http.getRequestBody().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            return unreadable(http, id, ApiError.of(413, "Request exceeds the maximum size"));
        }
        try {
            return new Request(http, id, Json.mapper().readTree(bytes), Optional.empty());
        } catch (JsonProcessingException broken) {
            return unreadable(http, id, ApiError.invalid("The request body is not valid JSON: " + broken.getOriginalMessage()));
        }
    }

    private static Request unreadable(HttpExchange http, String id, ApiError why) {
        return new Request(http, id, MissingNode.getInstance(), Optional.of(why));
    }

    String path() {
        return http.getRequestURI().getPath();
    }

    boolean isStream() {
        return body.path("stream").asBoolean();
    }

    /** A worker that asks whether it may work again wants one token. */
    boolean isProbe() {
        return body.path("max_tokens").asInt() == 1 && body.path("tools").isEmpty();
    }

    /** Which key it brought: {@code x-api-key}, {@code bearer}, {@code both} or {@code none}. */
    String auth() {
        var hasKey = has("x-api-key", value -> !value.isBlank());
        var hasBearer = has("Authorization", value -> value.startsWith("Bearer ") && !value.substring(7).isBlank());
        if (hasKey) {
            return hasBearer ? "both" : "x-api-key";
        }
        return hasBearer ? "bearer" : "none";
    }

    /** What is refused before the body is looked at, then what {@code rule} finds in it. */
    Optional<ApiError> refuse(Function<JsonNode, Optional<ApiError>> rule) {
        if (auth().equals("none")) {
            return Optional.of(ApiError.of(401, "x-api-key header is required"));
        }
        if (!has("anthropic-version", value -> !value.isBlank())) {
            return Optional.of(ApiError.invalid("anthropic-version: header is required"));
        }
        return unreadable.or(() -> rule.apply(body));
    }

    private boolean has(String header, Function<String, Boolean> isUsable) {
        return Optional.ofNullable(http.getRequestHeaders().getFirst(header)).map(isUsable).orElse(false);
    }
}
