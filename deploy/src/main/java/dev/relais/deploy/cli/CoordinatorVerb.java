package dev.relais.deploy.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

import dev.relais.coordinator.CoordinatorMain;

/** The coordinator alone. */
@Command(name = "coordinator", description = "Runs a coordinator against $$KAFKA_BOOTSTRAP_SERVERS. Settings: README.md. Logs go to standard error.", footer = {
        "%nExamples:",
        "  KAFKA_BOOTSTRAP_SERVERS=broker:9092 RELAIS_INSTANCE=coordinator-1 relais coordinator"})
final class CoordinatorVerb implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        return CoordinatorMain.run(System.getenv());
    }
}
