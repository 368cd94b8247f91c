package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SnapshotTest {
    private static final TaskId TASK = new TaskId("t-1");
    private static final String EVERYTHING = """
            printf 'line\\r\\n' > crlf.txt
            printf '\\0\\1\\377' > binary
            : > empty.txt
            mkdir -p deep/er empty/inner ignored && echo x > deep/er/file && echo no > ignored/secret.log
            printf 'ignored/\\n*.log\\n* text=auto eol=crlf\\n' > .gitignore
            printf '* text=auto eol=lf\\n*.txt filter=evil\\n' > .gitattributes
            echo '#!/bin/sh' > run.sh && chmod 755 run.sh
            echo s > private && chmod 600 private
            echo r > readonly && chmod 444 readonly
            echo n > none && chmod 000 none
            mkdir sticky && chmod 1777 sticky
            mkdir shut && echo in > shut/inside && chmod 500 shut
            ln -s deep/er/file link && ln -s /etc/passwd outside && ln -s nowhere dangling && ln -s . circle
            echo u > 'caf\u00e9 \u2713.txt' && echo b > $'bad\\xff' && echo n > $'new\\nline' && ln -s $'bad\\xff' badlink
            git init -q -b main . && git config user.name T && git config user.email t@localhost
            git add -A && git commit -qm one && git tag v1 && echo staged > staged && git add staged
            git stash -q && git branch other
            mkdir nested && cd nested && git init -q . && git config user.name T && git config user.email t@localhost
            echo inner > inner && git add inner && git commit -qm inner && mkdir deep && cd deep && git init -q .
            cd ../.. && mkdir '.git%' && echo odd > '.git%/odd' && mkdir -p 'a/.GIT' && echo big > 'a/.GIT/x'
            mkfifo pipe && rm pipe
            """;

    @TempDir
    private Path dir;

    private GitWorkspaces on(String worker) {
        return on(worker, "data", Optional.empty());
    }

    private GitWorkspaces on(String worker, String data, Optional<String> remote) {
        return new GitWorkspaces(dir.resolve(data), new WorkerId(worker), remote,
                new Patience(Duration.ZERO, InstantSource.system()));
    }

    private static String taken(Workspace workspace) {
        return switch (workspace.snapshot()) {
            case Snapshot.Taken taken -> taken.commit();
            case Snapshot.Unchanged _ -> throw new AssertionError("nothing was taken");
            case Snapshot.Undone(String reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void anotherWorkerRestoresEveryByteModeLinkAndRepository() {
        try (Workspace first = on("w1").open(TASK, 1, null, null)) {
            Shell.run(first.root(), EVERYTHING);
            Map<String, String> before = Shell.picture(first.root());
            String commit = taken(first);
            assertThat(Shell.picture(first.root())).isEqualTo(before);
            try (Workspace second = on("w2").open(TASK, 2, null, commit)) {
                assertThat(Shell.picture(second.root())).isEqualTo(before).hasSizeGreaterThan(60);
                assertThat(Shell.run(second.root(),
                        "git stash list; git tag; git branch --list other; git -C nested log --format=%s"))
                        .contains("stash@{0}", "v1", "other", "inner");
                assertThat(Shell.run(second.root(), "git fsck")).doesNotContain("error");
            }
        }
    }

    @Test
    void aTurnThatChangedNothingTakesNoSnapshot() throws IOException {
        try (Workspace workspace = on("w1").open(TASK, 1, null, null)) {
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
            assertThat(workspace.root()).isEmptyDirectory();
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
            Files.writeString(workspace.root().resolve("a"), "1");
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Taken.class);
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
        }
    }

    @Test
    void aChangeOfModeOrOfAnEmptyDirectoryIsAChange() throws IOException {
        try (Workspace workspace = on("w1").open(TASK, 1, null, null)) {
            Files.writeString(workspace.root().resolve("a"), "1");
            taken(workspace);
            Shell.run(workspace.root(), "chmod 640 a");
            taken(workspace);
            Files.createDirectory(workspace.root().resolve("d"));
            taken(workspace);
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
        }
    }

    @Test
    void aChangeOfSameSizeWithinOneTickOfTheClockIsSeen() throws IOException {
        try (Workspace workspace = on("w1").open(TASK, 1, null, null)) {
            Path file = workspace.root().resolve("a");
            Files.writeString(file, "0");
            String before = taken(workspace);
            for (int i = 1; i < 60; i++) {
                Files.writeString(file, String.valueOf(i % 10));
                String after = taken(workspace);
                assertThat(after).isNotEqualTo(before);
                before = after;
            }
        }
    }

    @Test
    void theWorkspaceComesBackToASnapshotInTheSameRun() throws IOException {
        try (Workspace workspace = on("w1").open(TASK, 1, null, null)) {
            Files.writeString(workspace.root().resolve("a"), "1");
            String one = taken(workspace);
            Files.writeString(workspace.root().resolve("a"), "2");
            Files.writeString(workspace.root().resolve("b"), "2");
            taken(workspace);
            workspace.restore(one);
            assertThat(workspace.root().resolve("a")).hasContent("1");
            assertThat(workspace.root().resolve("b")).doesNotExist();
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
        }
    }

    @Test
    void whatWasDoneIsUndoneToTheBeginningOrTheLastSnapshot() throws IOException {
        String url = Shell.repository(Files.createDirectory(dir.resolve("repo")), "echo 1 > a");
        for (Source source : new Source[]{null, new Source(url, null, null)}) {
            try (Workspace workspace = on("w1").open(TASK, 1, source, null)) {
                workspace.undo();
                Map<String, String> beginning = Shell.picture(workspace.root());
                Shell.run(workspace.root(), "echo 2 > a; echo 2 > b; git init -q x");
                workspace.undo();
                assertThat(Shell.picture(workspace.root()).keySet()).isEqualTo(beginning.keySet());
                assertThat(workspace.snapshot()).as("nothing differs").isInstanceOf(
                        source == null ? Snapshot.Unchanged.class : Snapshot.Taken.class);
                assertThat(workspace.changes()).isEmpty();
                Files.writeString(workspace.root().resolve("b"), "kept");
                taken(workspace);
                Files.writeString(workspace.root().resolve("b"), "not kept");
                workspace.undo();
                assertThat(workspace.root().resolve("b")).hasContent("kept");
            }
        }
    }

    @Test
    void aZombieOverwritesNothingOfTheNewOwner() throws IOException {
        try (Workspace zombie = on("w1").open(TASK, 1, null, null)) {
            Files.writeString(zombie.root().resolve("a"), "1");
            String shared = taken(zombie);
            try (Workspace owner = on("w2").open(TASK, 2, null, shared); Workspace twin = on("w3").open(TASK, 2, null, shared)) {
                Files.writeString(owner.root().resolve("a"), "owner");
                Files.writeString(twin.root().resolve("a"), "twin");
                String kept = taken(owner);
                taken(twin);
                Files.writeString(zombie.root().resolve("a"), "zombie");
                taken(zombie);
                assertThat(owner.root().resolve("a")).hasContent("owner");
                String refs = Shell.run(dir.resolve("data/workspace.git"),
                        "git for-each-ref --format='%(refname) %(objectname)'");
                assertThat(refs.lines()).hasSize(3).contains("refs/relais/t-1/2-w2 " + kept);
            }
        }
    }

    @Test
    void aWorkerWithoutTheDataFetchesTheSnapshotFromTheRemote() throws IOException {
        Path bare = Files.createDirectory(dir.resolve("bare"));
        Shell.run(bare, "git init -q --bare .");
        Optional<String> remote = Optional.of("file://" + bare);
        try (Workspace first = on("w1", "data1", remote).open(TASK, 1, null, null)) {
            Files.writeString(first.root().resolve("a"), "1");
            taken(first);
            Files.writeString(first.root().resolve("b"), "2");
            String commit = taken(first);
            assertThat(Shell.run(bare, "git rev-parse refs/relais/t-1/1-w1")).isEqualTo(commit);
            try (Workspace second = on("w2", "data2", remote).open(TASK, 2, null, commit)) {
                assertThat(second.root().resolve("b")).hasContent("2");
            }
        }
    }

    @Test
    void aRemoteThatTakesNothingLeavesNoNamedCommit() throws IOException {
        try (Workspace workspace = on("w1", "data", Optional.of("file:///no/such/remote")).open(TASK, 1, null, null)) {
            Files.writeString(workspace.root().resolve("a"), "1");
            assertThatThrownBy(workspace::snapshot).isInstanceOf(Workspace.Unreachable.class);
        }
    }

    @Test
    void aSnapshotOfACloneKeepsItsBase() throws IOException {
        Path repository = Files.createDirectory(dir.resolve("repo"));
        String url = Shell.repository(repository, "echo 1 > a");
        var source = new Source(url, null, null);
        try (Workspace first = on("w1").open(TASK, 1, source, null)) {
            Files.writeString(first.root().resolve("b"), "new");
            String commit = taken(first);
            Shell.run(repository, "echo 2 > a; git commit -qam second");
            try (Workspace second = on("w2").open(TASK, 2, source, commit)) {
                assertThat(second.changes()).extracting("path").containsExactly("b");
            }
        }
    }

    @Test
    void closingLeavesNothingOfTheRun() {
        Workspace workspace = on("w1").open(TASK, 1, null, null);
        Shell.run(workspace.root(), "mkdir -p a/b && echo x > a/b/c && chmod 000 a/b a");
        workspace.close();
        assertThat(dir.resolve("data/workspaces")).isEmptyDirectory();
    }

    @Test
    void closingWhatCouldNotBeMadeLeavesNothingEither() throws IOException {
        Path repository = Files.createDirectory(dir.resolve("repo"));
        var source = new Source(Shell.repository(repository, "echo 1 > a"), null, "nowhere");
        Workspace workspace = on("w1").open(TASK, 1, source, null);
        assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class);
        workspace.close();
        assertThat(dir.resolve("data/workspaces")).isEmptyDirectory();
    }

    @Test
    void aWorkspaceThatItsCommandTookAwayIsEmptyAgain() {
        try (Workspace workspace = on("w1").open(TASK, 1, null, null)) {
            Shell.run(workspace.root(), "rm -rf \"$PWD\"; ln -s /etc \"$PWD\"");
            assertThat(workspace.resolve("passwd")).isInstanceOf(Workspace.Resolved.Inside.class);
            assertThat(workspace.root()).isEmptyDirectory();
            assertThat(workspace.root().toString()).startsWith(dir.toString());
        }
    }
}
