package dev.relais.deploy.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.EscalationAnswered;

/** Answers an escalation. */
@Command(name = "answer", description = "Answers an escalation, which wakes the task that waits for it.", footer = {
        "%nExamples:",
        "  relais show stock-42                      (names the children that wait)",
        "  relais answer stock-42/1.3.0-architecte \"Use a materialised view\""})
final class Answer implements Callable<Integer> {
    @Mixin
    private Telling telling = new Telling();
    @Parameters(index = "0", paramLabel = "CHILD", description = "The id of the inbox event: <task>/<epoch>.<sequence>.<place>-<agent>.")
    private String child = "";
    @Parameters(index = "1", paramLabel = "TEXT", description = "The answer.")
    private String text = "";

    @Override
    public Integer call() {
        ChildId named = child();
        try (Link link = telling.open()) {
            new TaskBook(link).mustFind(named.parent());
            return telling.tell(link, named.parent(), new EscalationAnswered(named, text, telling.by(), null));
        }
    }

    private ChildId child() {
        try {
            return ChildId.parse(child);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + "; `relais show TASK` names the children that wait", e);
        }
    }
}
