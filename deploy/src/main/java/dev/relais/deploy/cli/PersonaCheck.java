package dev.relais.deploy.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.worker.persona.Finding;
import dev.relais.worker.persona.Finding.Level;
import dev.relais.worker.persona.PersonaFile;
import dev.relais.worker.persona.Repair;

/** What is wrong with persona files. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Loads persona files and says what was mended, left out or refused. Ends with 1 where one does not load.", footer = {
        "%nExamples:", "  relais persona check agents/backend-dev.md",
        "  relais persona check agents --json | jq '.[] | select(.loaded | not)'"})
final class PersonaCheck implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();
    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Persona files; of a directory all that end with .md.")
    private List<Path> paths = List.of();
    @Option(names = "--json", description = "Print JSON: an array of {file, loaded, findings}.")
    private boolean json;

    /** A file in JSON. */
    record Checked(String file, boolean loaded, List<Finding> findings) {
        Checked {
            findings = List.copyOf(findings);
        }
    }

    @Override
    public Integer call() {
        var screen = Screen.of(spec);
        List<Checked> all = PersonaFiles.named(paths).stream().map(PersonaCheck::checked).toList();
        if (json) {
            screen.json(all);
        } else {
            all.forEach(each -> print(screen, each));
            long loaded = all.stream().filter(Checked::loaded).count();
            screen.line(loaded + " of " + all.size() + " load");
        }
        return (all.stream().allMatch(Checked::loaded) ? ExitCode.OK : ExitCode.FAILED).value();
    }

    private static Checked checked(Path file) {
        PersonaFile.Loaded loaded = PersonaFile.load(PersonaFiles.bytes(file));
        Stream<Finding> repairs = loaded.repairs().stream().map(PersonaCheck::finding);
        return new Checked(file.toString(), loaded.reading() instanceof PersonaFile.Parsed,
                Stream.concat(repairs, loaded.findings().stream()).toList());
    }

    private static Finding finding(Repair repair) {
        String what = repair.kind().word() + ": " + repair.before() + " → " + repair.after();
        return new Finding(Level.MENDED, repair.line(), repair.column(), what, "");
    }

    private static void print(Screen screen, Checked checked) {
        String sign = checked.loaded() ? screen.tinted(Tint.GOOD, "ok     ") : screen.tinted(Tint.BAD, "refused");
        screen.line(sign + "  " + checked.file());
        for (Finding finding : checked.findings()) {
            Tint tint = finding.level() == Level.ERROR ? Tint.BAD : finding.level() == Level.WARNING ? Tint.WAITING : Tint.FAINT;
            screen.line("         " + screen.tinted(tint, String.format("%-8s", finding.level().word()))
                    + Screen.plain(finding.message()));
        }
    }
}
