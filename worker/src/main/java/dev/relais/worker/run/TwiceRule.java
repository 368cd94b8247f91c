package dev.relais.worker.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.tool.ToolCall;

/**
 * What a command did to the workspace is undone before it runs again; what it did over an open network is not. The persona is told which commands may
 * have run twice (rule 4).
 */
final class TwiceRule {
    static final String NOTE = "[This command may have run once before: the worker that began it was lost, and nobody knows how far it came. The"
            + " workspace was put back, what it did over the network was not. Check before you repeat anything.]\n";
    private static final String REACHES_OUT = "Bash";

    private TwiceRule() {}

    /** @param reply whose calls ran */
    static List<ToolOutcome> told(Reply reply, WorkDispatched work, List<ToolOutcome> results) {
        if (!TaskRequested.OPEN.equals(work.request().network()) || reply.epoch() == work.epoch()) {
            return results;
        }
        Set<String> commands = reply.calls().stream().filter(call -> call.name().equals(REACHES_OUT)).map(ToolCall::id)
                .collect(Collectors.toSet());
        return results.stream().map(result -> commands.contains(result.toolUseId())
                ? new ToolOutcome(result.toolUseId(), NOTE + result.content(), result.isError())
                : result).toList();
    }
}
