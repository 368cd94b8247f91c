package dev.relais.deploy.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.deploy.local.EmbeddedBroker;

/** One Kafka node. */
@Command(name = "broker", description = "Runs one Kafka node on the loopback address, for development. Logs go to standard error.", footer = {
        "%nExamples:",
        "  relais broker --port 9092 --data ./kafka-data"})
final class BrokerVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--port", paramLabel = "N", description = "The port; 0 for any free one. Default: 9092.")
    private int port = 9092;
    @Option(names = "--data", paramLabel = "DIR", description = "Where its records lie. Default: $$RELAIS_DATA_DIR.")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        Path directory = data == null ? Connection.load(System.getenv()).dataDir() : data;
        var broker = EmbeddedBroker.start(port, directory);
        return Serving.untilStopped(Screen.of(spec), "ready broker " + broker.bootstrapServers() + " data " + directory, broker);
    }
}
