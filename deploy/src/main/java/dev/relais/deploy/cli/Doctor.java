package dev.relais.deploy.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Checkup.Finding;
import dev.relais.deploy.cli.Screen.Tint;

/** What this machine has and lacks. */
@Command(name = "doctor", description = "Looks at what Relais needs on this machine, and names what is missing with the command that mends it.", footer = {
        "%nExamples:",
        "  relais doctor",
        "  relais doctor --bootstrap broker:9092 --json"})
final class Doctor implements Callable<Integer> {
    @Mixin
    private Connection connection = new Connection();
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        List<Finding> findings = new Checkup(connection.settings()).findings();
        if (json) {
            screen.json(findings);
        } else {
            findings.forEach(finding -> print(screen, finding));
        }
        return (findings.stream().allMatch(Finding::ok) ? ExitCode.OK : ExitCode.MISSING).value();
    }

    private static void print(Screen screen, Finding finding) {
        String sign = finding.ok() ? screen.tinted(Tint.GOOD, "ok     ") : screen.tinted(Tint.BAD, "missing");
        screen.line(sign + "  " + String.format("%-10s", finding.what()) + "  " + finding.detail());
        if (!finding.mend().isEmpty()) {
            screen.line("                       " + screen.tinted(Tint.ACTION, finding.mend()));
        }
    }
}
