package dev.relais.worker.kafka;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.model.ModelProbe;

/** While the worker's model refuses it: yields its other runs, and asks again until the model is friendly. */
public final class ModelCheck implements Duty {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCheck.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ModelProbe model;
    private final String modelId;
    private final WorkerFault fault;
    private final Runs runs;
    /** Before the next probe; zero while nothing is wrong. */
    private Duration wait = Duration.ZERO;

    public ModelCheck(ModelProbe model, String modelId, WorkerFault fault, Runs runs) {
        this.model = model;
        this.modelId = modelId;
        this.fault = fault;
        this.runs = runs;
    }

    @Override
    public Duration doWork() throws InterruptedException {
        if (fault.what().isEmpty()) {
            wait = Duration.ZERO;
            return IDLE;
        }
        runs.stopAll(ActiveRun.Stop.WORKER_REFUSED);
        if (wait.isZero()) {
            wait = FIRST;
            return wait;
        }
        switch (model.probe(modelId)) {
            case ModelProbe.Probe.Passed _ -> {
                LOG.info("The model accepts this worker again");
                fault.clear();
                return Duration.ZERO;
            }
            case ModelProbe.Probe.Refused(String detail) -> LOG.error("The model refuses this worker: {}", detail);
            case ModelProbe.Probe.Away(String detail) -> LOG.error("The model is away: {}", detail);
        }
        wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
        return wait;
    }

    @Override
    public String roleName() {
        return "model-check";
    }
}
