package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Publication;
import dev.relais.worker.workspace.Workspace.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a repository or a model puts into its git, nothing of it runs outside of the model's sandbox, and nothing of it stops a run. */
@Timeout(60)
class HostileRepositoryTest {
    private static final TaskId TASK = new TaskId("t-1");

    @TempDir
    private Path dir;

    private GitWorkspaces on(String worker, @Nullable String remote) {
        return new GitWorkspaces(dir.resolve("data-" + worker), new WorkerId(worker), Optional.ofNullable(remote),
                new Patience(Duration.ZERO, InstantSource.system()));
    }

    private static String taken(Workspace workspace) {
        return switch (workspace.snapshot()) {
            case Snapshot.Taken(String commit) -> commit;
            case Snapshot other -> throw new AssertionError(other.toString());
        };
    }

    /** Each leaves a mark where it runs. */
    @ParameterizedTest
    @ValueSource(strings = {
            "git config core.fsmonitor 'touch OWNED'",
            "git config core.hooksPath hooks && mkdir hooks && for h in pre-push post-checkout post-index-change reference-transaction"
                    + " pre-auto-gc post-update update; do printf '#!/bin/sh\\ntouch OWNED\\n' > hooks/$h; chmod +x hooks/$h; done",
            "for h in pre-push post-checkout post-index-change reference-transaction; do printf '#!/bin/sh\\ntouch OWNED\\n'"
                    + " > .git/hooks/$h; chmod +x .git/hooks/$h; done",
            "git config filter.evil.clean 'touch OWNED; cat' && git config filter.evil.smudge 'touch OWNED; cat' && git config"
                    + " filter.evil.process 'touch OWNED' && echo '* filter=evil' > .gitattributes && echo '* filter=evil' > .git/info/attributes",
            "git config diff.evil.textconv 'touch OWNED; cat' && git config diff.external 'touch OWNED' && echo '* diff=evil' > .gitattributes",
            "git config core.sshCommand 'touch OWNED' && git config core.gitProxy 'touch OWNED' && git config core.askPass 'touch OWNED'"
                    + " && git config credential.helper '!touch OWNED'",
            "git config core.editor 'touch OWNED' && git config core.pager 'touch OWNED' && git config gpg.program 'touch OWNED'"
                    + " && git config commit.gpgSign true",
            "git config remote.origin.url 'ext::sh -c touch% OWNED' && git config remote.origin.uploadpack 'touch OWNED'"
                    + " && git config remote.origin.receivepack 'touch OWNED' && git config url.'ext::sh -c touch% OWNED'.insteadOf https://",
            "printf '[core]\\n\\tfsmonitor = touch OWNED\\n' > evil.inc && git config include.path ../evil.inc"
                    + " && git config includeIf.gitdir:/.path ../evil.inc",
            "git config core.worktree /etc && git config core.bare true",
            "mv .git elsewhere && printf 'gitdir: elsewhere\\n' > .git && git config core.fsmonitor 'touch OWNED'",
            "rm -rf .git && printf 'gitdir: /etc\\n' > .git",
            "rm -rf .git && ln -s /etc .git",
            "mkdir -p .git/objects/info && echo /etc > .git/objects/info/alternates; echo '/nowhere' >> .git/objects/info/alternates",
            "printf '[submodule \"x\"]\\n\\tpath = x\\n\\turl = --upload-pack=touch OWNED\\n' > .gitmodules",
            "printf '[submodule \"x\"]\\n\\tpath = x\\n\\turl = ext::touch OWNED\\n' > .gitmodules && mkdir -p .git/modules/x && mkdir x"
                    + " && printf 'gitdir: ../.git/modules/x\\n' > x/.git",
            "printf '[submodule \"../../../../owned\"]\\n\\tpath = ../x\\n\\turl = ./y\\n' > .gitmodules; ln -s /etc/passwd .gitattributes",
            "ln -s /etc/passwd .mailmap; mkdir .gitmodules.d; rm -f .gitignore; ln -s /etc/passwd .gitignore",
            "mkfifo pipe .gitignore2; rm -f .gitignore; mkfifo .gitignore; mkdir d && mkfifo d/.gitignore",
            "rm -f .gitignore && mkdir .gitignore && head -c 2000000 /dev/zero | tr '\\0' '*' > d.txt",
            "printf 'a\\\\' > .gitignore; printf '[[[[' >> .gitignore; printf '!\\n**\\n\\\\\\n' >> .gitignore",
            "mkdir 'a\\.git' && touch 'a\\.git/x' 'git~1' '.git ' '.GIT.' '.git::$INDEX_ALLOCATION' 'GITMOD~1'",
            "touch -- $'.g\\xe2\\x80\\x8cit' $'.g\\xe2\\x80\\x8citmodules' $'\\xff\\xfe' $'new\\nline' $'tab\\t' 'back\\slash' '-rf' -- $'\\x1b[31m'",
            "touch 'CON' 'a.' 'a ' 'A' 'a' 'é' $'e\\xcc\\x81' && mkdir '...' '. ' && touch '.../x'",
            "ln -s ../../../../../etc out; ln -s / slash; ln -s self self; ln -s /proc/self/environ env; ln -s /dev/zero zero",
            "n=$(printf 'd%.0s' $(seq 250)); for i in 1 2 3 4 5 6 7 8; do mkdir $n && cd $n; done; touch deep",
            "python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('sock')\" || true; touch x; chmod 7777 x; mkdir y; chmod 2777 y"})
    void nothingRunsAndTheWorkIsKeptAndDelivered(String attack) throws IOException {
        Path repository = Files.createDirectory(dir.resolve("repo"));
        String url = Shell.repository(repository, "mkdir src && echo a > src/a && echo '*.log' > .gitignore");
        Path bare = Files.createDirectory(dir.resolve("bare"));
        Shell.run(bare, "git init -q --bare . && git config receive.fsckObjects true");
        Path owned = dir.resolve("owned");
        var source = new Source(url, "main", null);
        try (Workspace workspace = on("w1", "file://" + bare).open(TASK, 1, source, null)) {
            workspace.root();
            Shell.run(workspace.root(), "mkdir -p .git/hooks && " + attack.replace("OWNED", owned.toString()));
            Shell.run(workspace.root(), "echo changed > src/a");
            String commit = taken(workspace);
            assertThat(workspace.snapshot()).isInstanceOf(Snapshot.Unchanged.class);
            assertThat(workspace.changes()).extracting("path").contains("src/a");
            assertThat(workspace.diff()).extracting(TextChange::path).contains("src/a");
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "Work")).isInstanceOf(Publication.Pushed.class);
            Map<String, String> before = Special.without(workspace.root());
            try (Workspace other = on("w2", "file://" + bare).open(TASK, 2, source, commit)) {
                assertThat(Special.without(other.root())).isEqualTo(before);
            }
        }
        assertThat(owned).doesNotExist();
        assertThat(dir.resolve("data-w1/workspaces")).isEmptyDirectory();
    }

    /** What the repository itself brings along, before any model was at it. */
    @Test
    void aClonedRepositoryRunsNothing() throws IOException {
        Path owned = dir.resolve("owned");
        Path repository = Files.createDirectory(dir.resolve("repo"));
        String url = Shell.repository(repository,
                """
                        printf '* filter=evil text eol=crlf ident\\n' > .gitattributes && printf 'a\\n$Id$\\n' > a
                        printf '[submodule "x"]\\n\\tpath = x\\n\\turl = ext::touch OWNED\\n' > .gitmodules
                        mkdir .githooks && printf '#!/bin/sh\\ntouch OWNED\\n' > .githooks/post-checkout && chmod +x .githooks/post-checkout
                        """
                        .replace("OWNED", owned.toString()));
        Shell.run(repository,
                """
                        for h in post-checkout post-upload-pack pre-receive; do printf '#!/bin/sh\\ntouch OWNED\\n' > .git/hooks/$h; chmod +x .git/hooks/$h; done
                        git config uploadpack.packObjectsHook 'touch OWNED'; git config core.fsmonitor 'touch OWNED'
                        """
                        .replace("OWNED", owned.toString()));
        try (Workspace workspace = on("w1", null).open(TASK, 1, new Source(url, null, null), null)) {
            assertThat(workspace.root().resolve("a")).hasContent("a\n$Id$\n");
            assertThat(workspace.changes()).isEmpty();
        }
        assertThat(owned).doesNotExist();
    }

    @Test
    void aCheckoutSharesNothingWithTheMirror() throws IOException {
        String url = Shell.repository(Files.createDirectory(dir.resolve("repo")), "seq 100 > a");
        var source = new Source(url, null, null);
        try (Workspace workspace = on("w1", null).open(TASK, 1, source, null)) {
            Shell.run(workspace.root(), "find .git/objects -type f | while read f; do chmod u+w $f; echo broken > $f; done");
        }
        try (Workspace workspace = on("w1", null).open(new TaskId("t-2"), 1, source, null)) {
            assertThat(Shell.run(workspace.root(), "git fsck --strict && git log --format=%s")).endsWith("first");
        }
    }

    @Test
    void aTaskCannotNameTheSnapshotsOfAnother() throws IOException {
        var workspaces = on("w1", null);
        try (Workspace secret = workspaces.open(new TaskId("other"), 1, null, null)) {
            Files.writeString(secret.root().resolve("a"), "secret");
            taken(secret);
        }
        String store = "file://" + dir.resolve("data-w1/workspace.git");
        for (String ref : new String[]{"refs/relais/other/1-w1", "refs/fetched/other/1-w1"}) {
            try (Workspace workspace = workspaces.open(TASK, 1, new Source(store, ref, null), null)) {
                assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class);
            }
        }
    }

    @Test
    void aRemotesPasswordIsInNoOutcomeAndNoFailure() throws IOException {
        String remote = "https://user:hunter2@127.0.0.1:1/x.git";
        try (Workspace workspace = on("w1", remote).open(TASK, 1, null, null)) {
            Files.writeString(workspace.root().resolve("a"), "1");
            assertThatThrownBy(workspace::snapshot).isInstanceOf(Workspace.Unreachable.class)
                    .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hunter2"));
            assertThatThrownBy(() -> workspace.publish(1, new AgentName("backend-dev"), "m"))
                    .isInstanceOf(Workspace.Unreachable.class)
                    .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hunter2"));
        }
        assertThat(RepositoryUrl.withoutSecrets("x https://u:p@ss:w/o@host/r y")).doesNotContain("p@ss");
        assertThat(new PushedBranches(Store.at(dir.resolve("s.git")), remote, new Git(Duration.ofSeconds(5)),
                new Patience(Duration.ZERO, InstantSource.system())).url()).isEqualTo("https://127.0.0.1:1/x.git");
    }

    @Test
    void setUserIdBitsDoNotComeBackWithAnotherOwner() throws IOException {
        var workspaces = on("w1", null);
        try (Workspace first = workspaces.open(TASK, 1, null, null)) {
            Shell.run(first.root(), "cp /bin/true x && chmod 6755 x");
            try (Workspace second = workspaces.open(TASK, 2, null, taken(first))) {
                assertThat((int) Files.getAttribute(second.root().resolve("x"), "unix:mode") & 07777).isEqualTo(0755);
            }
        }
    }
}
