package dev.relais.deploy.cli;

/** A verb cannot go on. The message says what is wrong, where, and what to do; no stack trace is shown. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitCode code;

    Failure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    Failure(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
