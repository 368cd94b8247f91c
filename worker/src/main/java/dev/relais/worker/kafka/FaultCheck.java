package dev.relais.worker.kafka;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.kafka.WorkerFault.Where;
import dev.relais.worker.model.ModelProbe;
import dev.relais.worker.workspace.MachineProbe;

/** While the worker itself cannot work: yields its other runs, and probes what was at fault until it is well again. */
public final class FaultCheck implements Duty {
    private static final Logger LOG = LoggerFactory.getLogger(FaultCheck.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ModelProbe model;
    private final String modelId;
    private final MachineProbe machine;
    private final WorkerFault fault;
    private final Runs runs;
    /** Before the next probe; zero while nothing is wrong. */
    private Duration wait = Duration.ZERO;

    public FaultCheck(ModelProbe model, String modelId, MachineProbe machine, WorkerFault fault, Runs runs) {
        this.model = model;
        this.modelId = modelId;
        this.machine = machine;
        this.fault = fault;
        this.runs = runs;
    }

    @Override
    public Duration doWork() throws InterruptedException {
        if (fault.what().isEmpty()) {
            wait = Duration.ZERO;
            return IDLE;
        }
        runs.stopAll(fault.isAt(Where.MACHINE) ? ActiveRun.Stop.WORKER_FAULT : ActiveRun.Stop.WORKER_REFUSED);
        if (wait.isZero()) {
            wait = FIRST;
            return wait;
        }
        if (fault.isAt(Where.MODEL)) {
            probeModel();
        }
        if (fault.isAt(Where.MACHINE)) {
            probeMachine();
        }
        if (fault.what().isEmpty()) {
            return Duration.ZERO;
        }
        wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
        return wait;
    }

    private void probeModel() throws InterruptedException {
        switch (model.probe(modelId)) {
            case ModelProbe.Probe.Passed _ -> {
                LOG.info("The model accepts this worker again");
                fault.clear(Where.MODEL);
            }
            case ModelProbe.Probe.Refused(String detail) -> LOG.error("The model refuses this worker: {}", detail);
            case ModelProbe.Probe.Away(String detail) -> LOG.error("The model is away: {}", detail);
        }
    }

    private void probeMachine() throws InterruptedException {
        switch (machine.probe()) {
            case MachineProbe.Probe.Passed _ -> {
                LOG.info("This machine can hold workspaces again");
                fault.clear(Where.MACHINE);
            }
            case MachineProbe.Probe.Failed(String detail) -> LOG.error("This machine cannot hold workspaces: {}", detail);
        }
    }

    @Override
    public String roleName() {
        return "fault-check";
    }
}
