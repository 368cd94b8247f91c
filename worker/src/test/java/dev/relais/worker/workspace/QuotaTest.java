package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QuotaTest {
    private static final TaskId TASK = new TaskId("t");

    @TempDir
    private Path dir;

    private Workspace open(@Nullable Source source) {
        var setup = new GitWorkspaces.Setup(dir.resolve("data"), new WorkerId("w"), Optional.empty(), new Quota(1 << 20, 100),
                GitWorkspaces.Commands.WALLED);
        return new GitWorkspaces(setup).open(TASK, 1, source, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"head -c 2000000 /dev/urandom > big", "truncate -s 10T sparse", "mkdir m && cd m && touch $(seq 200)",
            "n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 40); do mkdir $n && cd $n; done"})
    void aTurnThatOutgrowsTheQuotaIsUndone(String command) throws IOException {
        try (Workspace workspace = open(null)) {
            Files.writeString(workspace.root().resolve("kept"), "1");
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Taken.class);
            Map<String, String> before = Shell.picture(workspace.root());
            Shell.run(workspace.root(), "rm kept; " + command);
            assertThat(workspace.snapshot(new Touched.Anything())).isInstanceOfSatisfying(Snapshot.Undone.class,
                    undone -> assertThat(undone.reason()).contains("the workspace holds"));
            assertThat(Shell.picture(workspace.root())).isEqualTo(before);
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
            Files.writeString(workspace.root().resolve("more"), "2");
            assertThat(workspace.snapshot(new Touched.Anything())).isInstanceOf(Snapshot.Taken.class);
        }
    }

    @Test
    void theFirstTurnIsUndoneToWhatWasCheckedOutThen() throws IOException {
        Path repository = Files.createDirectory(dir.resolve("repo"));
        String url = Shell.repository(repository, "echo a > a");
        try (Workspace workspace = open(new Source(url, null, null))) {
            Shell.run(workspace.root(), "rm a; truncate -s 1G big");
            Shell.run(repository, "echo b > a && git commit -qam second");
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Undone.class);
            assertThat(workspace.root().resolve("a")).hasContent("a");
            assertThat(workspace.root().resolve("big")).doesNotExist();
        }
    }

    @Test
    void aRepositoryThatIsLargerIsTheTasksFault() throws IOException {
        String url = Shell.repository(Files.createDirectory(dir.resolve("repo")), "head -c 2000000 /dev/urandom > big");
        try (Workspace workspace = open(new Source(url, null, null))) {
            assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class)
                    .hasMessageContaining("RELAIS_WORKSPACE_QUOTA");
        }
    }
}
