package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Publication;
import dev.relais.worker.workspace.Workspace.Publication.Pushed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublicationTest {
    private static final TaskId TASK = new TaskId("t..1.lock");

    @TempDir
    private Path dir;

    private Workspace open(String worker, @Nullable String url) {
        return new GitWorkspaces(dir.resolve("data"), new WorkerId(worker), Optional.empty(),
                new Patience(Duration.ZERO, InstantSource.system()))
                .open(TASK, 3, url == null ? null : new Source(url, null, null), null);
    }

    private String repository() throws IOException {
        return Shell.repository(Files.createDirectory(dir.resolve("repo")), "echo a > a; echo '*.log' > .gitignore");
    }

    private static Pushed pushed(Publication publication) {
        return switch (publication) {
            case Pushed pushed -> pushed;
            case Publication.Nothing _ -> throw new AssertionError("nothing was pushed");
            case Publication.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    @Test
    void theBranchHoldsTheWorkOnTopOfItsBase() throws IOException {
        String url = repository();
        try (Workspace workspace = open("w1", url)) {
            Files.writeString(workspace.root().resolve("b"), "b");
            Files.writeString(workspace.root().resolve("x.log"), "ignored");
            String tree = workspace.tree();
            Pushed pushed = pushed(workspace.publish(2, new AgentName("backend-dev"), "Add b"));
            assertThat(pushed.repository()).isEqualTo(url);
            assertThat(pushed.branch()).isEqualTo("relais/t%2E%2E1%2Elock/2.3");
            Path repo = dir.resolve("repo");
            assertThat(Shell.run(repo, "git rev-parse '%s'".formatted(pushed.branch()))).isEqualTo(pushed.commit());
            assertThat(Shell.run(repo, "git rev-parse '%s^{tree}'".formatted(pushed.branch()))).isEqualTo(tree);
            assertThat(Shell.run(repo, "git log --format=%%s '%s'".formatted(pushed.branch()))).isEqualTo("Add b\nfirst");
            assertThat(Shell.run(repo, "git log -1 --format='%%an <%%ae>, %%cn' '%s'".formatted(pushed.branch())))
                    .isEqualTo("backend-dev <backend-dev@relais>, Relais");
            assertThat(Shell.run(repo, "git ls-tree -r --name-only '%s'".formatted(pushed.branch())))
                    .isEqualTo(".gitignore\na\nb");
        }
    }

    @Test
    void theDiffGivesTextsBeforeAndAfterAndSaysWhatItDoesNot() throws IOException {
        try (Workspace workspace = open("w1", repository())) {
            assertThat(workspace.diff()).isEmpty();
            Files.writeString(workspace.root().resolve("a"), "é\n");
            Files.writeString(workspace.root().resolve("x.log"), "ignored");
            Files.delete(workspace.root().resolve(".gitignore"));
            Files.write(workspace.root().resolve("bin"), new byte[]{1, 0, 2});
            Files.write(workspace.root().resolve("huge"), new byte[(int) TextChanges.LARGEST + 1]);
            Files.createSymbolicLink(workspace.root().resolve("link"), Path.of("/etc/passwd"));
            assertThat(workspace.diff()).containsExactly(
                    new TextChange(".gitignore", "deleted", TextChange.Content.TEXT, "*.log\n", ""),
                    new TextChange("a", "modified", TextChange.Content.TEXT, "a\n", "é\n"),
                    new TextChange("bin", "added", TextChange.Content.BINARY, "", ""),
                    new TextChange("huge", "added", TextChange.Content.LARGE, "", ""),
                    new TextChange("link", "added", TextChange.Content.TEXT, "", "/etc/passwd"),
                    new TextChange("x.log", "added", TextChange.Content.TEXT, "", "ignored"));
        }
    }

    @Test
    void aTaskWithoutRepositoryDeliversToTheWorkspaceRemote() throws IOException {
        try (Workspace workspace = open("w1", null)) {
            Files.writeString(workspace.root().resolve("b"), "b");
            Pushed pushed = pushed(workspace.publish(1, new AgentName("backend-dev"), "Add b"));
            assertThat(Shell.run(dir, "git clone -q -b '%s' '%s' c && cat c/b".formatted(pushed.branch(), pushed.repository())))
                    .isEqualTo("b");
        }
    }

    @Test
    void nothingChangedIsNothingToPush() throws IOException {
        try (Workspace workspace = open("w1", repository())) {
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "x")).isInstanceOf(Publication.Nothing.class);
            assertThat(workspace.root()).isNotEmptyDirectory();
            Files.writeString(workspace.root().resolve("x.log"), "ignored");
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "x")).isInstanceOf(Publication.Nothing.class);
            assertThat(workspace.tree()).isEmpty();
        }
    }

    @Test
    void aBranchOfAnotherWorkerStaysAndThisOneGetsItsOwn() throws IOException {
        String url = repository();
        try (Workspace one = open("w1", url); Workspace two = open("w2", url)) {
            Files.writeString(one.root().resolve("b"), "one");
            Files.writeString(two.root().resolve("b"), "two");
            Pushed first = pushed(one.publish(1, new AgentName("backend-dev"), "One"));
            Pushed second = pushed(two.publish(1, new AgentName("backend-dev"), "Two"));
            assertThat(second.branch()).isEqualTo(first.branch() + "-w2");
            assertThat(Shell.run(dir.resolve("repo"), "git rev-parse '%s'".formatted(first.branch()))).isEqualTo(first.commit());
            Files.writeString(two.root().resolve("b"), "three");
            assertThat(pushed(two.publish(1, new AgentName("backend-dev"), "Three")).branch()).isEqualTo(second.branch());
        }
    }

    @Test
    void aRepositoryThatHoldsNothingButDeliverablesIsStillNew() throws IOException {
        Path fresh = Files.createDirectory(dir.resolve("fresh"));
        Shell.run(fresh, "git init -q --bare .");
        try (Workspace one = open("w1", "file://" + fresh)) {
            Files.writeString(one.root().resolve("b"), "one");
            pushed(one.publish(1, new AgentName("backend-dev"), "One"));
        }
        try (Workspace two = open("w2", "file://" + fresh)) {
            assertThat(two.root()).isDirectory();
            assertThat(two.changes()).isEmpty();
        }
    }

    @Test
    void theStoreTooKeepsABranchOfAnotherWorker() throws IOException {
        try (Workspace one = open("w1", null); Workspace two = open("w2", null)) {
            Files.writeString(one.root().resolve("b"), "one");
            Files.writeString(two.root().resolve("b"), "two");
            Pushed first = pushed(one.publish(1, new AgentName("backend-dev"), "One"));
            Pushed second = pushed(two.publish(1, new AgentName("backend-dev"), "Two"));
            assertThat(second.branch()).isEqualTo(first.branch() + "-w2");
            Path store = dir.resolve("data/workspace.git");
            assertThat(Shell.run(store, "git rev-parse '%s'".formatted(first.branch()))).isEqualTo(first.commit());
            Files.writeString(two.root().resolve("b"), "three");
            Pushed third = pushed(two.publish(1, new AgentName("backend-dev"), "Three"));
            assertThat(third.branch()).isEqualTo(second.branch());
            assertThat(Shell.run(store, "git show '%s:b'".formatted(third.branch()))).isEqualTo("three");
        }
    }

    @Test
    void aBranchOfTheStoreThatStandsWithTheSameCommitIsFine() throws IOException, TooMuch {
        Store store = Store.at(Files.createDirectories(dir.resolve("own.git")));
        Path empty = Files.createDirectories(dir.resolve("empty"));
        var tree = store.keep(empty, new Index(empty, Quota.ofBytes(0)).look(new Touched.Anything()), Optional.empty());
        var commit = store.commit(tree, Optional.empty(), "one", Store.Signed.byRelais(Instant.EPOCH));
        var other = store.commit(tree, Optional.empty(), "two", Store.Signed.byRelais(Instant.EPOCH));
        var branches = new OwnBranches(store);
        assertThat(branches.create("relais/t/1.1", commit)).isInstanceOf(Branches.Written.Fine.class);
        assertThat(branches.create("relais/t/1.1", commit)).isInstanceOf(Branches.Written.Fine.class);
        assertThat(branches.create("relais/t/1.1", other)).isInstanceOf(Branches.Written.Taken.class);
    }

    @Test
    void aHookThatDeclinesIsARefusalWithItsWords() throws IOException {
        String url = repository();
        Shell.run(dir.resolve("repo"),
                "mkdir -p .git/hooks && printf '#!/bin/sh\\necho ticket missing >&2; exit 1' > .git/hooks/pre-receive"
                        + " && chmod +x .git/hooks/pre-receive");
        try (Workspace workspace = open("w1", url)) {
            Files.writeString(workspace.root().resolve("b"), "b");
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "x")).isInstanceOfSatisfying(Publication.Refused.class,
                    refused -> assertThat(refused.reason()).contains("ticket missing", "relais/"));
        }
    }

    @Test
    void aRepositoryThatWentAwayIsNotARefusal() {
        var branches = new PushedBranches(store(), "https://127.0.0.1:1/x.git", new Git(Duration.ofSeconds(20)),
                new Patience(Duration.ZERO, InstantSource.system()));
        var deliveries = new Deliveries(store(), branches, InstantSource.system());
        try (Workspace workspace = open("w1", null)) {
            Shell.run(workspace.root(), "echo b > b");
            assertThatThrownBy(
                    () -> deliveries.publish(workspace.root(), Optional.empty(),
                            new Deliveries.Delivery(new AgentName("backend-dev"), "m", "b", "c")))
                    .isInstanceOf(Workspace.Unreachable.class);
        }
    }

    private Store store() {
        try {
            return Store.at(dir.resolve("other.git"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
