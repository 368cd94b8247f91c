package dev.relais.deploy.playbook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a playbook answers; the format is in {@code deploy/docs/playbook.md}.
 *
 * @param faults counted over all requests, before any step is looked for
 * @param steps the first whose conditions hold answers
 */
record Script(String name, List<Fault> faults, List<Capture> captures, List<Step> steps) {
    Script {
        faults = List.copyOf(faults);
        captures = List.copyOf(captures);
        steps = List.copyOf(steps);
    }

    /** A text of the conversation. */
    enum Source {
        /** The first user message. */
        FIRST,
        /** The newest user text, of the last message or before. */
        SAID,
        /** The tool results of the last message. */
        RESULTS,
        SYSTEM,
        MODEL
    }

    /**
     * Words for templates: the named groups of {@code match}.
     *
     * @param otherwise what each group is where nothing matches
     */
    record Capture(Source in, Pattern match, Optional<String> otherwise) {}

    /**
     * @param turns the assistant turns so far
     * @param since the assistant turns since the newest user text
     */
    record When(Optional<Span> turns, Optional<Span> since, Map<Source, Pattern> texts) {
        When {
            texts = Map.copyOf(texts);
        }
    }

    record Span(int from, int to) {
        boolean has(int number) {
            return from <= number && number <= to;
        }
    }

    /**
     * @param reply content blocks, with templates
     * @param faults counted for each state of a conversation apart
     * @param stop the stop reason where it is not plain from the blocks
     */
    record Step(String name, When when, Pace pace, List<Fault> faults, List<JsonNode> reply, Optional<String> stop) {
        Step {
            faults = List.copyOf(faults);
            reply = List.copyOf(reply);
        }
    }

    /**
     * @param latency before the first byte
     * @param chunk characters a delta
     * @param every between deltas
     */
    record Pace(Duration latency, int chunk, Duration every) {}

    /** Something that goes wrong, {@code times} times. */
    sealed interface Fault {
        int times();

        record Status(int status, String type, String code, String message, Optional<Duration> retryAfter,
                int times) implements Fault {}

        /**
         * An {@code error} event comes.
         *
         * @param after events that come before
         */
        record Stream(String type, int after, int times) implements Fault {}

        /**
         * The connection is closed.
         *
         * @param after events that come before; 0 is no answer at all
         */
        record Drop(int after, int times) implements Fault {}
    }
}
