package dev.relais.worker.kafka;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.relais.worker.model.ModelProbe;

import static org.assertj.core.api.Assertions.assertThat;

class ModelCheckTest {
    private final Edge edge = new Edge(true);
    private int probes;

    @Test
    void aRefusedWorkerYieldsItsRunsAndIsProbedLaterAndLater() throws InterruptedException {
        edge.body = (_, _) -> Edge.untilStopped();
        edge.started(1, false);
        edge.awaitBegun();
        var check = new ModelCheck(_ -> refused(), "model", edge.fault, edge.runs);
        assertThat(check.doWork()).isLessThan(Duration.ofSeconds(1));
        edge.fault.raise("401");
        assertThat(check.doWork()).isEqualTo(Duration.ofSeconds(5));
        assertThat(probes).isZero();
        assertThat(check.doWork()).isEqualTo(Duration.ofSeconds(10));
        assertThat(check.doWork()).isEqualTo(Duration.ofSeconds(20));
        edge.awaitQuiet();
        assertThat(edge.sent()).last().isEqualTo("Yielded 1.2");
        assertThat(edge.fault.what()).isPresent();
    }

    @Test
    void aProbeThatPassesMakesTheWorkerTakeWorkAgain() throws InterruptedException {
        var check = new ModelCheck(_ -> new ModelProbe.Probe.Passed(), "model", edge.fault, edge.runs);
        edge.fault.raise("402");
        check.doWork();
        check.doWork();
        assertThat(edge.fault.what()).isEmpty();
        edge.awaitQuiet();
    }

    private ModelProbe.Probe refused() {
        probes++;
        return new ModelProbe.Probe.Refused("401");
    }
}
