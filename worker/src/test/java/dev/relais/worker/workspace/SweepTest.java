package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;

class SweepTest {
    @TempDir
    private Path dir;
    private Path data = Path.of("");

    @BeforeEach
    void makeData() {
        data = dir.resolve("data");
    }

    /** What is swept by age has its times from the file system, so that is what says which time it is. */
    private Instant now() throws IOException {
        return Files.getLastModifiedTime(Files.createTempFile(dir, "now", "")).toInstant();
    }

    /** A remote that nobody has pushed to. */
    private Path remote() throws IOException {
        Path bare = Files.createDirectory(dir.resolve("bare"));
        Shell.run(bare, "git init -q --bare .");
        return bare;
    }

    /** A task's snapshot, taken then and pushed. */
    private void snapshotTaken(Path bare, Instant then) throws IOException {
        try (Workspace old = on("w", then, url(bare)).open(new TaskId("old"), 1, null, null)) {
            taken(old);
        }
    }

    private static Optional<String> url(Path bare) {
        return Optional.of("file://" + bare);
    }

    private GitWorkspaces on(String worker, Instant now, Optional<String> remote) {
        return new GitWorkspaces(data, new WorkerId(worker), remote, new Patience(Duration.ZERO, InstantSource.fixed(now)));
    }

    private static String taken(Workspace workspace) throws IOException {
        Files.writeString(workspace.root().resolve("a"), "1");
        return switch (workspace.snapshot()) {
            case Snapshot.Taken(String commit) -> commit;
            case Snapshot other -> throw new AssertionError(other.toString());
        };
    }

    @Test
    void whatADeadProcessLeftGoesAndALivingOneKeepsItsOwn() throws IOException, InterruptedException {
        Path alive = Files.createDirectories(data.resolve("alive"));
        Files.writeString(alive.resolve("dead.1"), "");
        Process other = new ProcessBuilder("python3", "-c",
                "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()",
                alive.resolve("other.1").toString()).start();
        try {
            other.inputReader().readLine();
            for (String run : new String[]{"t-1/1-dead.1", "t-1/2-other.1", "t-2/1-dead.1", "t-3/1-me.1", "t-4/1-old",
                    "t-5/1-new"}) {
                Files.createDirectories(data.resolve("workspaces").resolve(run).resolve("deep/er"));
            }
            Files.setLastModifiedTime(data.resolve("workspaces/t-4/1-old"),
                    FileTime.from(now().minus(Duration.ofDays(8))));
            GitWorkspaces mine = on("me.1", now(), Optional.empty());
            mine.announce();
            mine.sweep();
            assertThat(data.resolve("workspaces/t-1/1-dead.1")).doesNotExist();
            assertThat(data.resolve("workspaces/t-2")).doesNotExist();
            assertThat(data.resolve("workspaces/t-4")).doesNotExist();
            assertThat(data.resolve("workspaces/t-1/2-other.1")).exists();
            assertThat(data.resolve("workspaces/t-3/1-me.1")).exists();
            assertThat(data.resolve("workspaces/t-5/1-new")).exists();
            assertThat(alive.resolve("dead.1")).doesNotExist();
        } finally {
            other.destroyForcibly().waitFor();
        }
        on("me.1", now(), Optional.empty()).sweep();
        assertThat(data.resolve("workspaces/t-1")).doesNotExist();
        assertThat(data.resolve("workspaces/t-3/1-me.1")).exists();
    }

    @Test
    void aMirrorThatNoTaskUsedForLongGoesAndComesBack() throws IOException {
        String url = Shell.repository(Files.createDirectory(dir.resolve("repo")), "echo a > a");
        var source = new Source(url, null, null);
        Instant now = now();
        try (Workspace workspace = on("w", now, Optional.empty()).open(new TaskId("t"), 1, source, null)) {
            workspace.root();
        }
        on("w", now.plus(Duration.ofDays(29)), Optional.empty()).sweep();
        assertThat(data.resolve("mirrors")).isNotEmptyDirectory();
        on("w", now.plus(Duration.ofDays(31)), Optional.empty()).sweep();
        assertThat(data.resolve("mirrors")).isEmptyDirectory();
        try (Workspace workspace = on("w", now, Optional.empty()).open(new TaskId("t"), 2, source, null)) {
            assertThat(workspace.root().resolve("a")).exists();
        }
    }

    @Test
    void whatTheRemoteRefusesToRemoveIsTriedAgain() throws IOException {
        Path bare = remote();
        Instant now = now();
        snapshotTaken(bare, now.minus(Duration.ofDays(32)));
        Shell.run(bare, "printf '#!/bin/sh\\necho no deletions >&2; exit 1' > hooks/update && chmod +x hooks/update");
        GitWorkspaces workspaces = on("w", now, url(bare));
        workspaces.sweep();
        assertThat(snapshots(bare)).isEqualTo("refs/relais/old/1-w");
        assertThat(snapshots(data.resolve("workspace.git"))).isEqualTo("refs/relais/old/1-w");
        Shell.run(bare, "rm hooks/update");
        workspaces.sweep();
        assertThat(snapshots(bare)).isEmpty();
        assertThat(snapshots(data.resolve("workspace.git"))).isEmpty();
    }

    @Test
    void whatTheRemoteDoesNotHaveAnyMoreGoesHereToo() throws IOException {
        Path bare = remote();
        Instant now = now();
        snapshotTaken(bare, now.minus(Duration.ofDays(32)));
        Shell.run(bare, "git update-ref -d refs/relais/old/1-w");
        on("w", now, url(bare)).sweep();
        assertThat(snapshots(data.resolve("workspace.git"))).isEmpty();
    }

    private static String snapshots(Path repository) {
        return Shell.run(repository, "git for-each-ref --format='%(refname)' refs/relais");
    }

    @Test
    void snapshotsOutliveTheJournalThatNamesThemAndNoLonger() throws IOException {
        Path bare = remote();
        Optional<String> remote = url(bare);
        Instant now = now();
        try (Workspace old = on("w", now.minus(Duration.ofDays(32)), remote).open(new TaskId("old"), 1, null, null);
                Workspace fresh = on("w", now.minus(Duration.ofDays(29)), remote).open(new TaskId("fresh"), 1, null, null)) {
            taken(old);
            taken(fresh);
            old.publish(1, new AgentName("backend-dev"), "Work");
        }
        on("w", now, remote).sweep();
        for (Path repository : new Path[]{data.resolve("workspace.git"), bare}) {
            assertThat(snapshots(repository)).isEqualTo("refs/relais/fresh/1-w");
        }
        assertThat(Shell.run(bare, "git for-each-ref --format='%(refname)' refs/heads")).isEqualTo("refs/heads/relais/old/1.1");
    }

    @Test
    void scriptsOfCommandsThatDiedWithTheirWorkerGo() throws IOException {
        Path scripts = Files.createDirectories(data.resolve("sandbox"));
        FileTime before = FileTime.from(now().minus(Sweep.SCRIPTS).minusSeconds(1));
        for (String name : new String[]{"old.sh", "filter.bpf"}) {
            Files.setLastModifiedTime(Files.writeString(scripts.resolve(name), "x"), before);
        }
        Files.writeString(scripts.resolve("new.sh"), "sleep 600");
        on("me.1", now(), Optional.empty()).sweep();
        assertThat(scripts.resolve("old.sh")).doesNotExist();
        assertThat(scripts.resolve("new.sh")).exists();
        assertThat(scripts.resolve("filter.bpf")).as("named by its content, used again").exists();
    }
}
