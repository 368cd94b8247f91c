package dev.relais.worker.kafka;

/** Something that a thread does over and over. Tests step it; a {@link DutyRunner} threads it. */
interface Duty {
    /** One round; it may wait a little for something to do. */
    void doWork() throws InterruptedException;

    String roleName();
}
