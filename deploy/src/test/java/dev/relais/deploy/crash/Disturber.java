package dev.relais.deploy.crash;

import java.time.Duration;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;
import dev.relais.deploy.e2e.Topic.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** Does to a fleet what may happen to it, and puts what is gone in its place again. */
final class Disturber {
    /** A lease is ten counted ticks. */
    private static final int PAST_A_LEASE = 15;

    private final Fleet fleet;

    Disturber(Fleet fleet) {
        this.fleet = fleet;
    }

    /** @param part whom it meets, where there are several of them */
    void disturb(Disturbance what, String part) throws Exception {
        switch (what) {
            case WORKER_KILLED -> {
                fleet.part(part).kill();
                fleet.launch(part, Part.Program.relais("worker")).awaitReady();
            }
            case WORKER_TOLD_TO_STOP -> {
                assertThat(fleet.part(part).stop()).as("exit code of a busy worker that was told to stop").isZero();
                fleet.launch(part, Part.Program.relais("worker")).awaitReady();
            }
            case WORKER_SUSPENDED -> {
                fleet.part(part).suspend();
                try {
                    awaitTicks(PAST_A_LEASE);
                } finally {
                    fleet.part(part).resume();
                }
            }
            case COORDINATOR_KILLED -> {
                fleet.part(part).kill();
                fleet.launch(part, Part.Program.relais("coordinator")).awaitReady();
            }
            case BROKER_RESTARTED -> {
                assertThat(fleet.part("broker").stop()).as("exit code of the broker").isZero();
                fleet.startBroker();
            }
            case BROKER_KILLED -> {
                fleet.part("broker").kill();
                fleet.startBroker();
            }
        }
    }

    private void awaitTicks(int ticks) {
        var journal = fleet.topic("journal");
        long before = journal.now(Disturber::isTick).size();
        journal.awaitUntil(ticks + " more ticks", Duration.ofMinutes(1),
                all -> all.stream().filter(Disturber::isTick).count() >= before + ticks, () -> "the clock stands still");
    }

    /** Every partition has a clock; one of them will do. */
    private static boolean isTick(Message message) {
        return message.partition() == 0 && message.is("clock.ticked");
    }
}
