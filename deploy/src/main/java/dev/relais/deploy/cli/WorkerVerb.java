package dev.relais.deploy.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

import dev.relais.worker.WorkerMain;

/** A worker alone. */
@Command(name = "worker", description = "Runs a worker against $$KAFKA_BOOTSTRAP_SERVERS. Settings: README.md. Logs go to standard error.", footer = {
        "%nExamples:",
        "  KAFKA_BOOTSTRAP_SERVERS=broker:9092 ANTHROPIC_API_KEY=… relais worker"})
final class WorkerVerb implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        return WorkerMain.run(System.getenv());
    }
}
