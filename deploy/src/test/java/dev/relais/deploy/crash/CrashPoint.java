package dev.relais.deploy.crash;

/** Where a part dies, in the order in which a task comes past. */
enum CrashPoint {
    /** Work was polled, its claim is not written. */
    BEFORE_CLAIM,
    /** The claim is durable, the broker has no acknowledgement. */
    CLAIMED_NOT_ACKNOWLEDGED,
    /** The run begins. */
    AFTER_CLAIM,
    AFTER_REPLIED,
    AFTER_TOOLS_RAN,
    /** git's push has begun, and its branch is not there; it goes on without its worker. */
    DURING_PUSH,
    /** The branch is there, its conclusion is not. */
    AFTER_PUSH,
    AFTER_CONCLUDED,
    /** The coordinator has decided and written, and has not committed. */
    BEFORE_COMMIT,
    /** The coordinator has committed, and has not polled again. */
    AFTER_COMMIT;

    boolean isOfWorker() {
        return compareTo(BEFORE_COMMIT) < 0;
    }
}
