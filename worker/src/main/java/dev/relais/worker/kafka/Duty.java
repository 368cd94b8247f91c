package dev.relais.worker.kafka;

import java.time.Duration;

/** Something that a thread does over and over. Tests step it; a {@link DutyRunner} threads it. */
interface Duty {
    /**
     * One round.
     *
     * @return how long to rest before the next
     */
    Duration doWork() throws InterruptedException;

    String roleName();
}
