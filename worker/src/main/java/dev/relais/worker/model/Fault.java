package dev.relais.worker.model;

import java.time.Duration;
import java.util.Optional;

/** What went wrong with one attempt to ask the model, in the Messages API's terms and free of any client's classes. */
public sealed interface Fault {
    /** What the server, or the client, said; for people. */
    String message();

    /**
     * The server answered with an error status.
     *
     * @param type the body's {@code error.type}; empty where the body is not one of the Messages API
     * @param code the body's {@code error.details.error_code}, else empty
     * @param retryAfter as the {@code retry-after} headers say
     */
    record Status(int status, String type, String code, String message, Optional<Duration> retryAfter) implements Fault {}

    /** An {@code error} event came after the answer had begun with status 200. */
    record Stream(String type, String message) implements Fault {}

    /** No answer, or half of one: connection refused or dropped, a timeout, a stream that ends early. */
    record Lost(String message) implements Fault {}
}
