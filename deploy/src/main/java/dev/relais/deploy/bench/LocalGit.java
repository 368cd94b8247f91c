package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command-line git that Relais is measured beside. */
final class LocalGit {
    private static final Map<String, String> ENVIRONMENT = Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_AUTHOR_NAME", "Bench", "GIT_AUTHOR_EMAIL", "bench@localhost", "GIT_COMMITTER_NAME", "Bench",
            "GIT_COMMITTER_EMAIL", "bench@localhost");

    private LocalGit() {}

    static void run(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-c", "gc.auto=0", "-c", "core.autocrlf=false"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(ENVIRONMENT);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new BenchFailed(String.join(" ", command) + " ended with " + code);
        }
    }
}
