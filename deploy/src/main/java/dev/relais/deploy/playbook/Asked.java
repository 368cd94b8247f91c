package dev.relais.deploy.playbook;

import java.time.Instant;

import dev.relais.schemas.event.Usage;

/**
 * A line of the request log.
 *
 * @param id the answer's {@code request-id}
 * @param path without the query
 * @param conversation hash of the system text and the first message
 * @param messages hash of the system text and all messages: two answered requests with the same one were asked twice
 * @param turns assistant messages in it
 * @param step the script's, or {@code probe}, {@code refused}, {@code stuck}
 * @param status of the answer; 200 also where a fault came later
 * @param fault what was dealt out: empty, {@code status}, {@code stream} or {@code drop}
 * @param auth {@code x-api-key}, {@code bearer}, {@code both} or {@code none}
 * @param breakpoints blocks with cache_control
 */
public record Asked(Instant time, String id, String path, String conversation, String messages, int turns, String model,
        String step, int status,
        String fault, boolean stream, String auth, int breakpoints, Usage usage) {
    /** Answered whole. */
    public boolean isAnswered() {
        return status == 200 && fault.isEmpty();
    }
}
