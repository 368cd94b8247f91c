package dev.relais.worker.run;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.JournalEntry.ToolsRan;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;

class KeptRuleTest {
    private static final FileSeen READ = new FileSeen("a", "1", KnownFiles.READ);
    private static final Toolbox.Ran RAN = new Toolbox.Ran(
            List.of(new ToolOutcome("1", "written", false), new ToolOutcome("2", "failed", true)),
            List.of(READ, new FileSeen("b", "2", KnownFiles.WRITTEN)), new Touched.Anything());

    @Test
    void whatWasKeptIsNamed() {
        assertThat(KeptRule.entry(RAN, new Snapshot.Taken("c1"), Duration.ofMillis(5)))
                .isEqualTo(new ToolsRan(RAN.results(), "c1", RAN.files(), 5));
        assertThat(KeptRule.entry(RAN, new Snapshot.Unchanged(), Duration.ofMillis(5)))
                .isEqualTo(new ToolsRan(RAN.results(), null, RAN.files(), 5));
    }

    @Test
    void ofATurnThatWasUndoneNothingIsKnownButTheReasonAndWhatWasRead() {
        ToolsRan entry = KeptRule.entry(RAN, new Snapshot.Undone("the workspace holds 9 MiB"), Duration.ZERO);
        assertThat(entry.commit()).isNull();
        assertThat(entry.files()).containsExactly(READ);
        assertThat(entry.results()).hasSize(2).allSatisfy(result -> assertThat(result.isError()).isTrue())
                .allSatisfy(result -> assertThat(result.content()).contains("Undone: the workspace holds 9 MiB", "/tmp"));
    }
}
