package dev.relais.deploy.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.relais.schemas.event.VerdictGiven;

/** Refuses the deliverable, which ends its task. */
@Command(name = "refuse", description = "Refuses the deliverable, which ends its task.", footer = {
        "%nExamples:",
        "  relais refuse stock-42 \"Not wanted any more\""})
final class Refuse implements Callable<Integer> {
    @Mixin
    private Judging judging = new Judging();
    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "Why.")
    private @Nullable String text;

    @Override
    public Integer call() {
        return judging.judge(VerdictGiven.REFUSE, text);
    }
}
