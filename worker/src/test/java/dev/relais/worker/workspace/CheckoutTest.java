package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckoutTest {
    private static final TaskId TASK = new TaskId("t-1");

    @TempDir
    private Path dir;
    private Path repository = Path.of("");
    private String url = "";

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectory(dir.resolve("repo"));
        url = Shell.repository(repository, """
                mkdir src && echo 'a' > src/a && echo gone > gone && echo '*.log' > .gitignore && echo 1 > kept.log
                git add -f kept.log && echo '#!/bin/sh' > run && printf 'x\\n' > eol.txt
                printf '*.txt text eol=crlf\\n*.bin filter=evil\\n' > .gitattributes && echo raw > a.bin
                mkdir node_modules && echo tracked > node_modules/kept
                """);
        Shell.run(repository, """
                git tag -a -m v1 v1 && git checkout -q -b feature/x && echo f > f && git add f && git commit -qm f
                git checkout -q main && echo m >> src/a && git commit -qam second
                """);
    }

    private Workspace open(@Nullable String ref) {
        return open("w1", new Source(url, ref, null));
    }

    private Workspace open(String worker, @Nullable Source source) {
        return new GitWorkspaces(dir.resolve("data"), new WorkerId(worker), Optional.empty(),
                new Patience(Duration.ZERO, InstantSource.system())).open(TASK, 1, source, null);
    }

    private String at(String ref) {
        return Shell.run(repository, "git rev-parse " + ref + "^{commit}");
    }

    @ParameterizedTest
    @CsvSource({"main, main, main", "feature/x, feature/x, feature/x", "v1, v1, HEAD",
            "refs/heads/feature/x, feature/x, feature/x",
            "HEAD, main, main"})
    void aRefLeadsToItsCommit(String ref, String commit, String branch) {
        try (Workspace workspace = open(ref)) {
            assertThat(Shell.run(workspace.root(), "git rev-parse HEAD")).isEqualTo(at(commit));
            assertThat(Shell.run(workspace.root(), "git rev-parse --abbrev-ref HEAD")).isEqualTo(branch);
            assertThat(Shell.run(workspace.root(), "git status --porcelain")).isEmpty();
            assertThat(workspace.changes()).isEmpty();
            assertThat(workspace.tree()).isEmpty();
        }
    }

    @Test
    void aFullCommitIdLeadsToItsCommit() {
        try (Workspace workspace = open(at("main~1"))) {
            assertThat(Shell.run(workspace.root(), "git rev-parse HEAD")).isEqualTo(at("main~1"));
        }
    }

    @Test
    void noRefMeansTheRepositorysOwnBranchAsItIsNow() {
        try (Workspace workspace = open((String) null)) {
            assertThat(Shell.run(workspace.root(), "git rev-parse HEAD")).isEqualTo(at("main"));
        }
        Shell.run(repository, "echo n > n && git add n && git commit -qm third");
        try (Workspace workspace = open((String) null)) {
            assertThat(Shell.run(workspace.root(), "git rev-parse HEAD")).isEqualTo(at("main"));
            assertThat(Shell.run(workspace.root(), "git remote get-url origin")).isEqualTo(url);
        }
    }

    @Test
    void aRepositoryWithoutCommitIsAnEmptyStart() throws IOException {
        Path empty = Files.createDirectory(dir.resolve("empty"));
        Shell.run(empty, "git init -q --bare .");
        try (Workspace workspace = open("w1", new Source("file://" + empty, null, null))) {
            Files.writeString(workspace.root().resolve("first"), "1");
            assertThat(workspace.changes()).containsExactly(new DeliveredFile("first", "added", false));
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "First")).isInstanceOf(Publication.Pushed.class);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"no-such-branch, -", "deadbeef, 40 digits", "--upload-pack=x, no name", "a..b, no name",
            "'a b', no name", "main:evil, no name", "ffffffffffffffffffffffffffffffffffffffff, -"})
    void aRefThatDoesNotExistIsTheTasksFault(String ref, @Nullable String says) {
        try (Workspace workspace = open(ref)) {
            assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class)
                    .hasMessageContaining(says == null ? ref : says);
        }
    }

    @Test
    void aRepositoryThatDoesNotExistIsTheTasksFault() {
        try (Workspace workspace = open("w1", new Source("file://" + dir + "/none", null, null))) {
            assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class).hasMessageContaining("/none");
        }
    }

    @Test
    void aHostThatIsAwayIsNobodysFault() {
        try (Workspace workspace = open("w1", new Source("https://127.0.0.1:1/x.git", null, null))) {
            assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Unreachable.class);
        }
    }

    @Test
    void commandsStartInTheSubdirectory() {
        try (Workspace workspace = open("w1", new Source(url, null, "src"))) {
            assertThat(workspace.start()).isEqualTo(workspace.root().resolve("src"));
            assertThat(workspace.resolve("a"))
                    .isEqualTo(new Workspace.Resolved.Inside(workspace.root().resolve("src/a"), "src/a"));
        }
        try (Workspace workspace = open("w1", new Source(url, null, "none"))) {
            assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class).hasMessageContaining("none");
        }
        try (Workspace workspace = open("w1", new Source(url, null, "../.."))) {
            assertThatThrownBy(workspace::root).isInstanceOf(Workspace.Invalid.class);
        }
    }

    @Test
    void hooksAndFiltersOfARepositoryDoNothing() {
        try (Workspace workspace = open("main")) {
            assertThat(workspace.root().resolve("eol.txt")).hasContent("x\n");
            Shell.run(workspace.root(),
                    """
                            mkdir -p .git/hooks && printf '#!/bin/sh\\ntouch %s/owned' > .git/hooks/pre-push && chmod +x .git/hooks/pre-push
                            cp .git/hooks/pre-push .git/hooks/post-checkout; cp .git/hooks/pre-push .git/hooks/post-index-change
                            git config core.fsmonitor 'touch %s/owned'; git config filter.evil.clean 'touch %s/owned; cat'
                            git config core.sshCommand 'touch %s/owned'
                            echo changed > a.bin
                            """
                            .replace("%s", dir.toString()));
            workspace.snapshot();
            assertThat(workspace.changes()).containsExactly(new DeliveredFile("a.bin", "modified", false));
            assertThat(workspace.publish(1, new AgentName("backend-dev"), "Message")).isInstanceOf(Publication.Pushed.class);
            assertThat(dir.resolve("owned")).doesNotExist();
        }
    }

    @Test
    void changesAreThoseThatGitWouldCommit() {
        try (Workspace workspace = open("main")) {
            Shell.run(workspace.root(), """
                    rm gone; echo b > b; echo log > new.log; echo 2 > kept.log; chmod +x run; ln -s b link
                    mkdir -p .relais/output deep/er && echo o > .relais/output/x && echo d > deep/er/d
                    echo node_modules/ >> .gitignore && echo new > node_modules/new && echo changed > node_modules/kept
                    mkdir nested && cd nested && git init -q . && echo n > n
                    """);
            assertThat(workspace.changes()).extracting(DeliveredFile::change, DeliveredFile::path).map(Object::toString)
                    .containsExactly("(\"modified\", \".gitignore\")", "(\"added\", \"b\")", "(\"added\", \"deep/er/d\")",
                            "(\"deleted\", \"gone\")", "(\"modified\", \"kept.log\")", "(\"added\", \"link\")",
                            "(\"added\", \"nested/n\")", "(\"modified\", \"node_modules/kept\")", "(\"modified\", \"run\")");
        }
    }
}
