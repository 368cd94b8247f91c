package dev.relais.deploy.playbook;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.deploy.playbook.Script.Fault;
import dev.relais.deploy.playbook.Script.Pace;

/** What a request is answered with: all that outlives it, while it waits for its pace. */
sealed interface Reply {
    /** At once. */
    record Plain(int status, String type, String text, Optional<Duration> retryAfter) implements Reply {
        static Plain json(String text) {
            return new Plain(200, "application/json", text, Optional.empty());
        }

        static Plain error(ApiError error, String requestId) {
            return new Plain(error.status(), "application/json", error.body(requestId).toString(), error.retryAfter());
        }
    }

    /** At its pace, whole or with a fault in the middle. */
    record Spoken(ObjectNode message, Pace pace, Optional<Fault> fault, boolean isStream) implements Reply {}
}
