package dev.relais.deploy.crash;

/** What may happen to a fleet at any moment. */
enum Disturbance {
    WORKER_KILLED,
    /** As a machine that is suspended: stopped past its lease, and continued. */
    WORKER_SUSPENDED,
    WORKER_TOLD_TO_STOP,
    COORDINATOR_KILLED,
    BROKER_RESTARTED,
    BROKER_KILLED;

    boolean isOfWorker() {
        return compareTo(COORDINATOR_KILLED) < 0;
    }
}
