package dev.relais.deploy.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.schemas.event.ProjectOpened;
import dev.relais.schemas.topic.Shard;

/** Projects and their validation mode. */
@Command(name = "project", description = "Opens projects.", subcommands = Project.Open.class)
final class Project {
    /** Opens a project. */
    @Command(name = "open", mixinStandardHelpOptions = true, description = "Opens a project with the validation mode of its tasks, or changes it for tasks that come.", footer = {
            "%nExamples:",
            "  relais project open shop --mode 3"})
    static final class Open implements Callable<Integer> {
        @Mixin
        private Connection connection = new Connection();
        @Spec
        private CommandSpec spec = CommandSpec.create();
        @Parameters(paramLabel = "NAME", description = "The project.")
        private String name = "";
        @Option(names = "--mode", required = true, paramLabel = "1|2|3", description = "1 a person approves, 2 automatic, 3 key steps only.")
        private int mode;
        @Option(names = "--by", paramLabel = "NAME", description = "Who opens it.")
        private String by = String.valueOf(System.getenv("USER"));

        @Override
        public Integer call() {
            if (mode < 1 || mode > 3) {
                throw new Failure(ExitCode.USAGE, "--mode " + mode + ": a validation mode is 1, 2 or 3");
            }
            try (Link link = connection.open()) {
                link.send(Shard.projectHome(name), new ProjectOpened(name, mode, by));
                Screen.of(spec)
                        .line("project " + name + ": mode " + mode + " is asked for; it holds for tasks submitted from now on");
                return ExitCode.OK.value();
            }
        }
    }
}
