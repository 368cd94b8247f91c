package dev.relais.deploy.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.Option;

import dev.relais.deploy.local.LocalStack;

/** What demo and up share: which model plays, and how the stack is started. */
final class Stack {
    @Option(names = "--live", description = "Ask the real model; needs ANTHROPIC_API_KEY and spends money.")
    private boolean live;
    @Option(names = "--script", paramLabel = "FILE|NAME", description = "The playbook that plays the model. Default: sample.")
    private String script = "sample";

    LocalStack start(Screen screen, int port, Path data) {
        var environment = new HashMap<>(System.getenv());
        if (live && environment.getOrDefault("ANTHROPIC_API_KEY", "").isBlank()) {
            throw new Failure(ExitCode.USAGE,
                    "--live asks the real model and needs ANTHROPIC_API_KEY; leave --live out for the scripted one");
        }
        sandbox(screen, environment, data);
        try {
            return LocalStack.start(new LocalStack.Wish(port, data, environment,
                    live ? Optional.empty() : Optional.of(() -> PlaybookVerb.open(script, 0, Optional.empty()))));
        } catch (LocalStack.NotStarted e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted at the start", e);
        }
    }

    /** Where commands run is said before they do, unless they run behind walls. */
    private static void sandbox(Screen screen, Map<String, String> environment, Path data) {
        var look = SandboxLook.at(Connection.load(environment), data);
        if (!look.isWalled()) {
            screen.line(look.detail());
        }
        if (!look.mend().isEmpty()) {
            screen.line(look.mend());
        }
    }
}
