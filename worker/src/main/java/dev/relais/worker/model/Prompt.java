package dev.relais.worker.model;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One call of the Messages API.
 *
 * @param system the system prompt; with {@code tools} the frozen prefix of the conversation
 * @param tools an array of {name, description, input_schema}
 * @param messages alternating roles, a user message first and last
 */
public record Prompt(String model, int maxTokens, String system, JsonNode tools, List<Message> messages) {
    public Prompt {
        messages = List.copyOf(messages);
    }

    /** @param content an array of content blocks */
    public record Message(Role role, JsonNode content) {}

    public enum Role {
        USER,
        ASSISTANT
    }
}
