package dev.relais.deploy.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.relais.schemas.event.VerdictGiven;

/** Releases the deliverable that waits for a verdict. */
@Command(name = "approve", description = "Releases the deliverable that waits for a verdict.", footer = {
        "%nExamples:",
        "  relais approve stock-42",
        "  relais approve stock-42 --digest sha256:4e07…"})
final class Approve implements Callable<Integer> {
    @Mixin
    private Judging judging = new Judging();
    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "A remark, which is recorded.")
    private @Nullable String text;

    @Override
    public Integer call() {
        return judging.judge(VerdictGiven.OK, text);
    }
}
