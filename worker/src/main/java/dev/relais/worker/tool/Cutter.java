package dev.relais.worker.tool;

import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

/** Builds a turn's outcomes: results that are too long are saved whole in the workspace and shortened for model and journal alike. */
final class Cutter {
    private final Workspace workspace;
    private Touched touched = new Touched.Nothing();

    Cutter(Workspace workspace) {
        this.workspace = workspace;
    }

    /** By what was saved. */
    Touched touched() {
        return touched;
    }

    List<ToolOutcome> outcomes(List<ToolCall> calls, List<ToolResult> results) {
        List<String> texts = results.stream().map(result -> wellFormed(result.text())).toList();
        List<CutRule.Cut> cuts = CutRule.cut(texts, CutRule.TURN_BYTES);
        var outcomes = new ArrayList<ToolOutcome>();
        for (int i = 0; i < calls.size(); i++) {
            String text = switch (cuts.get(i)) {
                case CutRule.Cut.Whole whole -> whole.text();
                case CutRule.Cut.Shortened shortened -> shortened.head() + "\n[… " + shortened.omittedBytes()
                        + " bytes left out" + whereSaved(texts.get(i)) + " …]\n" + shortened.tail();
            };
            outcomes.add(new ToolOutcome(calls.get(i).id(), text, results.get(i).isError()));
        }
        return outcomes;
    }

    private String whereSaved(String text) {
        return switch (SavedOutput.save(workspace, text)) {
            case SavedOutput.Saved at -> {
                touched = touched.and(Touched.of(workspace.resolve(at.path())));
                yield "; the whole is in " + at.path() + ", read it in parts";
            }
            case SavedOutput.Lost lost -> "; the whole could not be saved: " + lost.reason();
        };
    }

    /** A lone surrogate cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isSurrogate(point) ? 0xFFFD : point));
        return clean.toString();
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
