package dev.relais.worker.toolkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.sandbox.Unsandboxed;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolCall;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.workspace.GitWorkspaces;
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
