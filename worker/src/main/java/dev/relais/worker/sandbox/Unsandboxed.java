package dev.relais.worker.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.workspace.Removal;
import dev.relais.worker.workspace.Workspace;

/**
 * Runs commands as the worker's own user, in the real checkout: {@code RELAIS_SANDBOX=none}. It keeps the environment clean and the process tree
 * mortal, and confines nothing: a command can read what the worker's user can read.
 */
public final class Unsandboxed implements Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(Unsandboxed.class);
    /** The script comes from a file: as an argument it could not be longer than 128 KiB, and would be encoded by the worker's locale. */
    private static final List<String> BASH = List.of("bash", "--noprofile", "--norc", "-c",
            "__script=$(<\"$1\"); shift; eval \"$__script\"", "bash");

    private final Map<String, String> environment;

    /** @param environment of the worker */
    public Unsandboxed(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Ended run(Command command) throws InterruptedException {
        Path scratch = scratch();
        try {
            return run(command, scratch);
        } catch (IOException e) {
            return new Ended.Refused("The command could not be started: " + e.getMessage());
        } finally {
            delete(scratch);
        }
    }

    private Ended run(Command command, Path scratch) throws IOException, InterruptedException {
        Path script = Files.writeString(scratch.resolve(".script"), command.script());
        Path home = Files.createDirectory(scratch.resolve("tmp"));
        String mark = UUID.randomUUID().toString();
        var line = new ArrayList<String>(List.of("setsid"));
        line.addAll(BASH);
        line.add(script.toString());
        var builder = new ProcessBuilder(line).directory(command.start().toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(EnvironmentRule.environment(environment, command.root(), home, mark));
        var traces = new ProcessTree.Traces(EnvironmentRule.MARK + "=" + mark, List.of(command.root(), scratch),
                ProcessStat.now());
        Process process = builder.start();
        var tree = new ProcessTree(process.toHandle(), traces);
        var output = new Collector(process.getInputStream());
        boolean ended;
        try {
            ended = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            tree.kill();
        }
        Output shown = output.await(Map.of(command.root(), Workspace.SEEN_AS, home, "/tmp"));
        return ended ? new Ended.Exited(process.exitValue(), shown) : new Ended.TimedOut(shown);
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("relais-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made for a command", e);
        }
    }

    private static void delete(Path directory) {
        try {
            Removal.of(directory);
        } catch (IOException e) {
            LOG.warn("a command's temporary directory {} cannot be removed", directory, e);
        }
    }
}
