package dev.relais.deploy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All verbs. */
@Command(name = "relais", mixinStandardHelpOptions = true, version = "Relais 0.1.0", synopsisSubcommandLabel = "VERB", description = "Event-driven agent workers on Kafka.", subcommands = {
        Demo.class, Up.class, BrokerVerb.class, CoordinatorVerb.class, WorkerVerb.class, PlaybookVerb.class, Submit.class,
        ListTasks.class,
        Show.class, Watch.class, Approve.class, Revise.class, Refuse.class, Answer.class, Cancel.class, Project.class,
        DeadLetters.class,
        TopicsVerb.class, PersonaVerb.class, Doctor.class, BenchVerb.class}, footer = {
                "%nExit codes: 0 done, 1 refused or failed, 2 usage or settings, 3 not found, 4 no effect in time, 5 no broker, 6 something is missing.",
                "",
                "Examples:",
                "  relais demo",
                "  relais submit \"Add a health endpoint\" --mode 2 --wait",
                "  relais VERB --help"})
final class Relais implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a verb");
    }

    /** Ready to execute arguments. */
    static CommandLine commandLine() {
        var command = new CommandLine(new Relais());
        command.getSubcommands().values().forEach(Relais::withHelp);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((error, line, _) -> {
            if (error instanceof Failure failure) {
                line.getErr().println(failure.getMessage());
                return failure.code().value();
            }
            line.getErr().println(line.getCommandName() + " failed: " + error);
            error.printStackTrace(line.getErr());
            return ExitCode.FAILED.value();
        });
        return command;
    }

    private static void withHelp(CommandLine verb) {
        if (!verb.getCommandSpec().mixinStandardHelpOptions()) {
            verb.getCommandSpec().mixinStandardHelpOptions(true);
        }
    }
}
