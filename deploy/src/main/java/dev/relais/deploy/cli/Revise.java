package dev.relais.deploy.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.relais.schemas.event.VerdictGiven;

/** Asks for another round; the text is the next message of the same conversation. */
@Command(name = "revise", description = "Asks for another round; the text is the next message of the same conversation.", footer = {
        "%nExamples:",
        "  relais revise stock-42 \"Return 409 where the stock is short\""})
final class Revise implements Callable<Integer> {
    @Mixin
    private Judging judging = new Judging();
    @Parameters(index = "1", paramLabel = "TEXT", description = "What shall change.")
    private String text = "";

    @Override
    public Integer call() {
        return judging.judge(VerdictGiven.CHANGES, text);
    }
}
