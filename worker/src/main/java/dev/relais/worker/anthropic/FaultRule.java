package dev.relais.worker.anthropic;

import java.time.Instant;
import java.util.Optional;

import com.anthropic.core.http.Headers;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicRetryableException;
import com.anthropic.errors.AnthropicServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.relais.worker.model.Fault;
import dev.relais.worker.model.RetryHeaderRule;

/** Reads the SDK's exceptions as faults. */
final class FaultRule {
    private static final int LONGEST_BODY = 300;

    private FaultRule() {}

    static Fault fault(RuntimeException failed, Instant now) {
        return switch (failed) {
            case AnthropicServiceException answered -> status(answered, now);
            case AnthropicIoException lost -> new Fault.Lost(chain(lost));
            case AnthropicRetryableException lost -> new Fault.Lost(chain(lost));
            // What the SDK was given or made of an answer is wrong, and would be again.
            default -> throw failed;
        };
    }

    /** @param body of an error event within a stream */
    static Fault stream(JsonNode body) {
        var error = body.path("error");
        return new Fault.Stream(error.path("type").asText(), error.path("message").asText(shortened(body)));
    }

    private static Fault status(AnthropicServiceException answered, Instant now) {
        var body = body(answered);
        var error = body.path("error");
        var code = error.path("details").path("error_code").asText();
        var message = error.isTextual()
                ? error.asText()
                : error.path("message").asText(body.path("message").asText(shortened(body)));
        return new Fault.Status(answered.statusCode(), error.path("type").asText(body.path("type").asText()), code, message,
                RetryHeaderRule.retryAfter(name -> first(answered.headers(), name), now));
    }

    private static JsonNode body(AnthropicServiceException answered) {
        return Optional.<JsonNode>ofNullable(answered.body().convert(JsonNode.class)).orElse(MissingNode.getInstance());
    }

    private static Optional<String> first(Headers headers, String name) {
        return headers.values(name).stream().findFirst();
    }

    private static String shortened(JsonNode body) {
        var text = body.isTextual() ? body.asText() : body.toString();
        return text.length() > LONGEST_BODY ? text.substring(0, LONGEST_BODY) + "…" : text;
    }

    private static String chain(Throwable failed) {
        var text = new StringBuilder(String.valueOf(failed.getMessage()));
        for (var cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            text.append(": ").append(cause);
        }
        return text.toString();
    }
}
