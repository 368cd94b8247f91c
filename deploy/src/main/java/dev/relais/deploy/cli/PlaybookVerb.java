package dev.relais.deploy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.deploy.playbook.BadScriptException;
import dev.relais.deploy.playbook.Playbook;
import dev.relais.deploy.playbook.ShippedPlaybooks;

/** A scripted model. */
@Command(name = "playbook", description = "Serves the Messages API from a script, so that a worker runs without a model.", footer = {
        "%nExamples:",
        "  relais playbook --port 8181 --script sample --log asked.jsonl",
        "  ANTHROPIC_BASE_URL=http://127.0.0.1:8181 ANTHROPIC_API_KEY=any relais worker"})
final class PlaybookVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--script", paramLabel = "FILE|NAME", description = "A YAML file, or the name of one that ships with Relais. Default: sample.")
    private String script = "sample";
    @Option(names = "--port", paramLabel = "N", description = "The port; 0 for any free one. Default: 8181.")
    private int port = 8181;
    @Option(names = "--log", paramLabel = "FILE", description = "Gets a JSON line for every request.")
    private @Nullable Path log;

    @Override
    public Integer call() throws IOException {
        try {
            var playbook = open(script, port, Optional.ofNullable(log));
            return Serving.untilStopped(Screen.of(spec), "ready playbook " + playbook.url() + " script " + script, playbook);
        } catch (BadScriptException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    static Playbook open(String script, int port, Optional<Path> log) throws IOException {
        if (ShippedPlaybooks.NAMES.contains(script)) {
            return Playbook.shipped(port, script, log);
        }
        Path file = Path.of(script);
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.NOT_FOUND,
                    "there is no script " + file.toAbsolutePath() + ", and none of that name ships with Relais: "
                            + String.join(", ", ShippedPlaybooks.NAMES));
        }
        return Playbook.start(port, file, log);
    }
}
