package dev.relais.deploy.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The stack, kept running. */
@Command(name = "up", description = "Keeps broker, coordinator and worker running in this process until Ctrl-C.", footer = {
        "%nExamples:",
        "  relais up",
        "  relais up --port 19092 --script one-turn",
        "  ANTHROPIC_API_KEY=… relais up --live"})
final class Up implements Callable<Integer> {
    @Mixin
    private Stack stack = new Stack();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--port", paramLabel = "N", description = "The broker's port; 0 for any free one. Default: 9092.")
    private int port = 9092;
    @Option(names = "--data", paramLabel = "DIR", description = "Where everything lies. Default: $$RELAIS_DATA_DIR, else ~/.relais.")
    private @Nullable Path data;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        Path directory = data == null ? Connection.load(System.getenv()).dataDir() : data;
        var running = stack.start(screen, port, directory);
        String bootstrap = running.settings().bootstrapServers();
        String option = port == 9092 ? "" : " --bootstrap " + bootstrap;
        screen.line("submit with: relais submit" + option + " \"Add a health endpoint\" --mode 2 --wait");
        return Serving.untilStopped(screen, "ready up " + bootstrap + " data " + directory, running);
    }
}
