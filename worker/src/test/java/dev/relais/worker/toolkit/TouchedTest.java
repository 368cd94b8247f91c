package dev.relais.worker.toolkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.sandbox.Unsandboxed;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.GitWorkspaces.Commands;
import dev.relais.worker.workspace.Quota;
import dev.relais.worker.workspace.Touched;
import dev.relais.worker.workspace.Workspace;

import static org.assertj.core.api.Assertions.assertThat;

/** A snapshot looks at what the tools say that they may have changed: they may say too much, never too little. */
class TouchedTest {
    private static final Toolbox TOOLBOX = new Toolbox(Toolkit.standard(new Unsandboxed(System.getenv())));

    @TempDir
    private Path dir;

    private static ToolCall call(int place, String tool, String... input) {
        var json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < input.length; i += 2) {
            json.put(input[i], input[i + 1]);
        }
        return new ToolCall("c" + place, tool, (JsonNode) json, place);
    }

    private Touched touched(Workspace workspace, ToolCall... calls) throws InterruptedException {
        return TOOLBOX.run(List.of(calls), workspace, KnownFiles.NONE, () -> {}).touched();
    }

    private Workspace workspace() {
        return new GitWorkspaces(dir, new WorkerId("w"), Optional.empty()).open(new TaskId("t"), 1, null, null);
    }

    @Test
    void fileToolsTouchTheirPathsWhateverBecomesOfThem() throws InterruptedException {
        try (Workspace workspace = workspace()) {
            assertThat(touched(workspace, call(0, "Write", "file_path", "/workspace/a/b", "content", "1"),
                    call(1, "Edit", "file_path", "src/none", "old_string", "x", "new_string", "y")))
                    .isEqualTo(new Touched.Paths(Set.of("a/b", "src/none")));
            assertThat(touched(workspace, call(0, "Write", "file_path", "/etc/passwd", "content", "1"),
                    call(1, "Write", "file_path", "no content"), call(2, "Unknown"))).isEqualTo(new Touched.Nothing());
        }
    }

    static Stream<String> paths() {
        return Stream.of("n".repeat(256), "é".repeat(128), "dir/new/" + "n".repeat(300), "a.txt/b", "a.txt/b/c",
                "d/".repeat(2_500) + "x",
                "circle/x", "dir");
    }

    /** What is left of it is kept, and what was written beside it: the run goes on. */
    @ParameterizedTest
    @MethodSource("paths")
    void aWriteThatFailsIsNoReasonToKeepNothing(String path) throws Exception {
        var setup = new GitWorkspaces.Setup(dir, new WorkerId("w"), Optional.empty(), Quota.ofBytes(1 << 30), Commands.WALLED);
        var workspaces = new GitWorkspaces(setup);
        try (Workspace workspace = workspaces.open(new TaskId("t"), 1, null, null)) {
            Files.writeString(workspace.root().resolve("a.txt"), "1");
            Files.createDirectory(workspace.root().resolve("dir"));
            Files.createSymbolicLink(workspace.root().resolve("circle"), Path.of("circle"));
            assertThat(workspace.snapshot()).isInstanceOf(Workspace.Snapshot.Taken.class);
            Toolbox.Ran ran = TOOLBOX.run(List.of(call(0, "Write", "file_path", path, "content", "1"),
                    call(1, "Edit", "file_path", path, "old_string", "", "new_string", "y"),
                    call(2, "Write", "file_path", "beside", "content", "2")), workspace, KnownFiles.NONE, () -> {});
            assertThat(ran.results()).extracting("isError").containsExactly(true, true, false);
            assertThat(workspace.snapshot(ran.touched())).isInstanceOfSatisfying(Workspace.Snapshot.Taken.class, taken -> {
                try (Workspace resumed = workspaces.open(new TaskId("t"), 2, null, taken.commit())) {
                    assertThat(resumed.root().resolve("beside")).hasContent("2");
                    assertThat(resumed.root().resolve("dir/new").toFile().exists()).isEqualTo(path.startsWith("dir/new"));
                }
            });
            assertThat(workspace.snapshot(new Touched.Anything())).isInstanceOf(Workspace.Snapshot.Unchanged.class);
        }
    }

    @Test
    void aLinkTouchesWhereItLeadsTo() throws Exception {
        try (Workspace workspace = workspace()) {
            Files.createDirectories(workspace.root().resolve("real"));
            Files.createSymbolicLink(workspace.root().resolve("link"), Path.of("real"));
            assertThat(touched(workspace, call(0, "Write", "file_path", "link/x", "content", "1")))
                    .isEqualTo(new Touched.Paths(Set.of("real/x")));
        }
    }

    @Test
    void aCommandTouchesAnythingAndAReaderNothing() throws InterruptedException {
        try (Workspace workspace = workspace()) {
            assertThat(touched(workspace, call(0, "Write", "file_path", "a", "content", "1"), call(1, "Bash", "command", "true")))
                    .isEqualTo(new Touched.Anything());
            assertThat(touched(workspace, call(0, "Glob", "pattern", "*"), call(1, "Read", "file_path", "a")))
                    .isEqualTo(new Touched.Nothing());
        }
    }
}
