package dev.relais.worker.kafka;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.relais.worker.kafka.WorkerFault.Where;
import dev.relais.worker.model.ModelProbe;
import dev.relais.worker.workspace.MachineProbe;

import static org.assertj.core.api.Assertions.assertThat;

class FaultCheckTest {
    private final Edge edge = new Edge(true);
    private int probes;

    @Test
    void aRefusedWorkerYieldsItsRunsAndIsProbedLaterAndLater() throws InterruptedException {
        edge.body = (_, _) -> Edge.untilStopped();
        edge.started(1, false);
        edge.awaitBegun();
        var check = check(_ -> refused());
        assertThat(check.doWork()).isLessThan(Duration.ofSeconds(1));
        edge.fault.raise(Where.MODEL, "401");
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
        var check = check(_ -> new ModelProbe.Probe.Passed());
        edge.fault.raise(Where.MODEL, "402");
        check.doWork();
        check.doWork();
        assertThat(edge.fault.what()).isEmpty();
        edge.awaitQuiet();
    }

    private ModelProbe.Probe refused() {
        probes++;
        return new ModelProbe.Probe.Refused("401");
    }

    private FaultCheck check(ModelProbe model) {
        return new FaultCheck(model, "model", () -> edge.machine, edge.fault, edge.runs);
    }

    @Test
    void aFaultOfTheMachineIsNotClearedByAFriendlyModel() throws InterruptedException {
        edge.machine = new MachineProbe.Probe.Failed("no space");
        edge.fault.raise(Where.MACHINE, "no space");
        var check = check(_ -> new ModelProbe.Probe.Passed());
        check.doWork();
        check.doWork();
        assertThat(edge.fault.what()).contains("no space");

        edge.machine = new MachineProbe.Probe.Passed();
        check.doWork();
        assertThat(edge.fault.what()).isEmpty();
    }
}
