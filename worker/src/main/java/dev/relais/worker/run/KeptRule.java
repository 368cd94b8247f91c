package dev.relais.worker.run;

import java.time.Duration;
import java.util.List;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.JournalEntry.ToolsRan;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.workspace.Workspace;

/** What is journaled of a turn's calls once it is known what became of the workspace. */
final class KeptRule {
    private KeptRule() {}

    static ToolsRan entry(Toolbox.Ran ran, Workspace.Snapshot snapshot, Duration took) {
        return switch (snapshot) {
            case Workspace.Snapshot.Taken(String commit) -> new ToolsRan(ran.results(), commit, ran.files(), took.toMillis());
            case Workspace.Snapshot.Unchanged _ -> new ToolsRan(ran.results(), null, ran.files(), took.toMillis());
            case Workspace.Snapshot.Undone(String reason) ->
                new ToolsRan(undone(ran.results(), reason), null, stillThere(ran.files()), took.toMillis());
        };
    }

    /** The run goes on: the model is told what to do otherwise, and the turn is as if its calls had never run. */
    private static List<ToolOutcome> undone(List<ToolOutcome> results, String reason) {
        String text = "\n\nUndone: " + reason
                + ". Everything that the calls of this turn changed in the workspace was taken back, as if"
                + " none had run. Do it again with less: remove what is not needed in the same command, or write elsewhere than in"
                + " the workspace, such as /tmp.";
        return results.stream().map(each -> new ToolOutcome(each.toolUseId(), each.content() + text, true)).toList();
    }

    private static List<FileSeen> stillThere(List<FileSeen> files) {
        return files.stream().filter(file -> !file.access().equals(KnownFiles.WRITTEN)).toList();
    }
}
