package dev.relais.deploy.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.setting.Settings;
import dev.relais.worker.compiled.CompiledPersona.Surroundings;
import dev.relais.worker.compiled.PersonaCompiler;

/** What one persona file becomes. */
@Command(name = "compile", mixinStandardHelpOptions = true, description = "Shows what a persona file becomes: its tools, its display protocol, its routes, and which of its rules are enforced, watched or advisory.", footer = {
        "%nExamples:", "  relais persona compile agents/backend-dev.md",
        "  relais persona compile agents/backend-dev.md --json | jq '.rules[] | select(.standing == \"advisory\")'"})
final class PersonaCompile implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(paramLabel = "FILE", description = "The persona file.")
    private Path file = Path.of("");
    @Option(names = "--namespace", paramLabel = "PREFIX", description = "Prefix of the topics. Default: $$RELAIS_NAMESPACE, else relais.")
    private @Nullable String namespace;
    @Option(names = "--json", description = "Print JSON. Two copies of one persona differ in file, source, repairs, warnings and findings at most.")
    private boolean json;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        return switch (PersonaCompiler.compile(file.toString(), PersonaFiles.bytes(file), surroundings())) {
            case PersonaCompiler.Compiled(var persona) -> {
                if (json) {
                    screen.json(persona);
                } else {
                    new PersonaView(screen).show(persona);
                }
                yield ExitCode.OK.value();
            }
            case PersonaCompiler.NotCompiled refused -> {
                if (json) {
                    screen.json(refused);
                }
                screen.remark(file + ": " + refused.refused().message());
                yield ExitCode.FAILED.value();
            }
        };
    }

    private Surroundings surroundings() {
        var environment = new HashMap<>(System.getenv());
        if (namespace != null) {
            environment.put("RELAIS_NAMESPACE", namespace);
        }
        Settings settings = Connection.load(environment);
        List<AgentName> registry = Stream.concat(settings.agents().stream(), settings.foreignAgents().stream()).toList();
        return new Surroundings(settings.topics(), registry);
    }
}
