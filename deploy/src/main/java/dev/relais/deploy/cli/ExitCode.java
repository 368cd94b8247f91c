package dev.relais.deploy.cli;

/** What a verb's exit code says; README.md has the same table. */
enum ExitCode {
    /** Done. */
    OK(0),
    /** Refused by the coordinator, or the task ended otherwise than delivered. */
    FAILED(1),
    /** Wrong usage, wrong settings, a malformed request. */
    USAGE(2),
    /** No such task, topic, file or dead letter. */
    NOT_FOUND(3),
    /** No effect was seen in time; what was sent is durable and may still have one. */
    TIMEOUT(4),
    /** No broker answers. */
    UNREACHABLE(5),
    /** The machine lacks something that {@code doctor} names. */
    MISSING(6);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
