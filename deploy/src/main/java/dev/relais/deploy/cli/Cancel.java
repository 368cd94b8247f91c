package dev.relais.deploy.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.relais.schemas.event.CancelRequested;

/** Ends a task now. */
@Command(name = "cancel", description = "Ends a task now; the processes of its run are ended within seconds.", footer = {
        "%nExamples:",
        "  relais cancel stock-42 \"Asked twice\""})
final class Cancel implements Callable<Integer> {
    @Mixin
    private Telling telling = new Telling();
    @Parameters(index = "0", paramLabel = "TASK", description = "The task.")
    private String task = "";
    @Parameters(index = "1", arity = "0..1", paramLabel = "REASON", description = "Why.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        var id = Submission.id(task);
        try (Link link = telling.open()) {
            new TaskBook(link).mustFind(id);
            return telling.tell(link, id, new CancelRequested(id, reason, telling.by()));
        }
    }
}
