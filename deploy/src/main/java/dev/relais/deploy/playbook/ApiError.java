package dev.relais.deploy.playbook;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer that is an error, in the API's form.
 *
 * @param code {@code error.details.error_code}, or empty
 */
record ApiError(int status, String type, String code, String message, Optional<Duration> retryAfter) {
    static ApiError invalid(String message) {
        return new ApiError(400, type(400), "", message, Optional.empty());
    }

    static ApiError of(int status, String message) {
        return new ApiError(status, type(status), "", message, Optional.empty());
    }

    static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404, 405 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
    }

    ObjectNode body(String requestId) {
        var nodes = JsonNodeFactory.instance;
        var error = nodes.objectNode().put("type", type).put("message", message);
        if (!code.isEmpty()) {
            error.set("details", nodes.objectNode().put("error_code", code));
        }
        return nodes.objectNode().put("type", "error").<ObjectNode>set("error", error).put("request_id", requestId);
    }
}
