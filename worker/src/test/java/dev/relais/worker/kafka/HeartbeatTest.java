package dev.relais.worker.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.Beat;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.wire.Decoded;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTest {
    private final Edge edge = new Edge(false);
    private Instant now = Instant.EPOCH;

    private Heartbeat heartbeat(Settings settings) {
        return new Heartbeat(settings, edge.journal, edge.active, () -> now, () -> edge.fault.what().isEmpty());
    }

    /** A run of partition 3. */
    private ActiveRun active() {
        var run = new ActiveRun(RunKey.parse("00000000000000ff"), 3, false);
        edge.active.add(run);
        return run;
    }

    private static Settings settings() {
        return switch (Settings.load(Map.of(), null)) {
            case Settings.Loaded.Valid(Settings settings) -> settings;
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems().toString());
        };
    }

    @Test
    void aBeatGoesToEachPartitionAndNamesItsOwnRuns() {
        Settings settings = settings();
        ActiveRun run = active();
        run.name();
        assertThat(heartbeat(settings).doWork()).isEqualTo(settings.tick());
        assertThat(edge.producer.history()).hasSize(settings.partitions());
        for (var record : edge.producer.history()) {
            Beat beat = beat(edge.codec.decode(record.headers(), record.key(), record.value()));
            assertThat(beat.capacity()).isEqualTo(4);
            assertThat(beat.free()).isEqualTo(3);
            assertThat(beat.runs()).hasSize(record.partition() == 3 ? 1 : 0);
        }
    }

    @Test
    void aWorkerThatIsRefusedOffersNoSlot() {
        edge.fault.raise(WorkerFault.Where.MODEL, "401");
        heartbeat(settings()).doWork();
        var record = edge.producer.history().getFirst();
        assertThat(beat(edge.codec.decode(record.headers(), record.key(), record.value())).free()).isZero();
    }

    @Test
    void aWorkerThatCouldNotWriteForALeaseStartsNothingUntilItCan() throws InterruptedException {
        Settings settings = settings();
        Heartbeat heartbeat = heartbeat(settings);
        heartbeat.doWork();
        assertThat(heartbeat.isHeard()).isFalse();
        acknowledge();
        assertThat(heartbeat.isHeard()).isTrue();
        now = now.plus(settings.tick().multipliedBy(10));
        assertThat(heartbeat.isHeard()).isFalse();
        var admitted = new CountDownLatch(1);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            admit(heartbeat);
            admitted.countDown();
        }, task -> Thread.ofVirtual().start(task));
        assertThat(admitted.getCount()).isEqualTo(1);
        heartbeat.doWork();
        acknowledge();
        Edge.await(admitted);
        assertThat(waiting.join()).isNull();
        assertThat(heartbeat.awaitHeard(Duration.ZERO)).isTrue();
    }

    @Test
    void i6_runsOfAWorkerThatWasSilentAreInDoubtWhenItIsHeardAgain() {
        Settings settings = settings();
        Heartbeat heartbeat = heartbeat(settings);
        ActiveRun run = active();
        heartbeat.doWork();
        now = now.plus(settings.tick().multipliedBy(6));
        acknowledge();
        assertThat(run.isGranted()).as("heard well within its lease").isTrue();
        heartbeat.doWork();
        now = now.plus(settings.tick().multipliedBy(7));
        acknowledge();
        assertThat(run.isGranted()).isFalse();
    }

    @Test
    void i6_aClockThatIsSetBackLeavesItUnknownHowLongTheWorkerWasSilent() {
        Settings settings = settings();
        Heartbeat heartbeat = heartbeat(settings);
        ActiveRun run = active();
        heartbeat.doWork();
        acknowledge();
        now = now.minus(Duration.ofMinutes(10));
        assertThat(heartbeat.isHeard()).isFalse();
        heartbeat.doWork();
        acknowledge();
        assertThat(heartbeat.isHeard()).as("by the clock as it goes now").isTrue();
        assertThat(run.isGranted()).isFalse();
    }

    private void acknowledge() {
        boolean more = true;
        while (more) {
            more = edge.producer.completeNext();
        }
    }

    private static void admit(Heartbeat heartbeat) {
        try {
            heartbeat.awaitWritable();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Beat beat(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Accepted accepted when accepted.event().data() instanceof Beat beat -> beat;
            case Decoded other -> throw new AssertionError(other.toString());
        };
    }
}
