package dev.relais.worker.tool;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** What a persona may do with the tools that it has. */
@FunctionalInterface
public interface CallGuard {
    /** Any input will do. */
    CallGuard OPEN = (_, _) -> Optional.empty();

    /**
     * @param input valid for the tool
     * @return what to tell the model where the call must not run
     */
    Optional<String> refusal(String tool, JsonNode input);
}
