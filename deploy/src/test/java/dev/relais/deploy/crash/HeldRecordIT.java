package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.CoordinatorMain;
import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

import static org.assertj.core.api.Assertions.assertThat;

/** One record of the inbox that is locked and never acknowledged does not hold up what stands behind it (worker/docs/0010). */
final class HeldRecordIT {
    /** Offsets that a broker by default lets locks lie apart. */
    private static final int APART = 2_000;
    private static final int TASKS = 3 * APART;
    private static final Duration MOST = Duration.ofMinutes(4);
    /** By default all but 2,000 stand for the 30 s of the lock. */
    private static final long LONGEST = 8_000;
    /** Less what passes between dispatch and lock, by two clocks. */
    private static final long LOCK = 3_900;
    private static final List<String> ALL_COMPILERS = List.of("-XX:TieredStopAtLevel=4");

    @Test
    void recordThatNobodyAcknowledgesHoldsUpNothingBehindIt() throws Exception {
        var plan = new Fleet.Plan("held", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(2 * TASKS), "RELAIS_TICK", "1s"));
        try (var fleet = Fleet.start(plan)) {
            fleet.launch("coordinator", new Part.Program(CoordinatorMain.class.getName(), ALL_COMPILERS, List.of()));
            fleet.launch("idle", new Part.Program(IdleWorker.class.getName(), ALL_COMPILERS, List.of()));
            fleet.part("coordinator").awaitReady();
            fleet.part("idle").awaitReady();
            try (var burst = new Burst(fleet)) {
                System.out.println("cold: " + burst.of(TASKS / 3, MOST));
                try (var held = new HeldRecord(fleet)) {
                    held.awaitMembers(2);
                    Burst.Measured measured = burst.of(TASKS, MOST);
                    System.out.println("with one record held: " + measured);
                    assertThat(burst.inboxEnd() - held.offset()).as("offsets behind the held record").isGreaterThan(2 * APART);
                    assertThat(measured.at(1)).as("unclaimed, the held one").isBetween(LOCK, LONGEST);
                    assertThat(measured.unclaimed()[TASKS - 2]).as("unclaimed, all others").isLessThan(LOCK);
                    assertThat(measured.outcomes()).as("outcomes").isEqualTo(TASKS);
                    assertThat(measured.dispatches()).as("dispatches").isEqualTo(TASKS);
                }
            } catch (AssertionError e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }
}
