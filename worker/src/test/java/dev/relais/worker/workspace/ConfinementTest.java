package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.event.TaskId;
import dev.relais.worker.workspace.Workspace.Resolved.Inside;
import dev.relais.worker.workspace.Workspace.Resolved.Outside;

import static org.assertj.core.api.Assertions.assertThat;

class ConfinementTest {
    @TempDir
    private static Path dir;
    private static Path root = Path.of("");
    private static Path data = Path.of("");

    @BeforeAll
    static void makeCheckout() throws IOException {
        data = dir.toRealPath().resolve("data");
        root = Files.createDirectories(data.resolve("workspaces/t-1/2-w2"));
        Files.createDirectories(data.resolve("workspaces/t-1/2-w22"));
        Files.createDirectories(data.resolve("workspaces/t-2/1-w1"));
        Files.createDirectories(data.resolve("outside"));
        Files.writeString(data.resolve("outside/secret"), "s");
        Shell.run(root, """
                mkdir -p src/deep && echo a > src/a && mkdir 'odd name'
                ln -s ../../../outside out && ln -s /etc etc && ln -s / slash && ln -s ../../../outside/secret secretlink
                ln -s ../../../outside/new dangling-out && ln -s nowhere dangling && ln -s loop loop && ln -s b a && ln -s a b
                ln -s src inlink && ln -s ../2-w2/src/a roundabout && ln -s .. up && ln -s /proc/self/root procroot
                ln -s src/../../../../outside zigzag && cd src && ln -s ../out chain && ln -s /workspace/src abs
                """);
    }

    private static Workspace.Resolved resolve(String path) {
        return new Confinement(root, root, new TaskId("t-1")).resolve(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "/", "//etc/passwd", "/proc/self/environ", "/proc/1/root/etc/passwd", "/dev/zero",
            "/root/.ssh/id_rsa", "..", "../", "../../outside/secret", "../2-w22/x", "src/../../2-w22", "src/deep/../../../x",
            "/workspace/..", "/workspace/../etc/passwd", "/workspace/../workspaces/x", "/workspacefoo/a", "/workspace2",
            "/Workspace/a",
            "./../x", "src/./../../x", "....//..//..//etc/passwd/../../../../../../x", "out", "out/secret", "out/new",
            "etc/passwd",
            "slash/etc/passwd", "secretlink", "dangling-out", "dangling", "dangling/x", "loop", "loop/x", "a", "b/c", "up",
            "up/x",
            "up/2-w22/x", "procroot/etc/passwd", "zigzag/secret", "src/chain/secret", "src/chain", "src/abs",
            "inlink/chain/secret",
            "~", "~/.ssh/id_rsa", "", " ", "\t", "a\0b", "/workspace/\0", "/workspace/out/secret", "/workspace/src/../../etc"})
    void i9_pathThatLeadsOutIsRefused(String path) {
        assertThat(resolve(path)).isInstanceOfSatisfying(Outside.class, outside -> assertThat(outside.reason()).isNotBlank()
                .doesNotContain(data.toString()));
    }

    @Test
    void i9_pathsOfOtherTasksAndOfTheDataDirectoryAreRefused() {
        for (String path : new String[]{"/outside/secret", "/workspaces/t-2/1-w1/a", "/workspaces/t-1", "/workspaces/t-1/x/a",
                "/workspaces/t-1/../t-2/1-w1/a", "/workspace.git/config", "/mirrors"}) {
            assertThat(resolve(data + path)).as(path).isInstanceOf(Outside.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"src/a, src/a", "/workspace/src/a, src/a", "/workspace, ''", "/workspace/, ''", "., ''", "./src//a, src/a",
            "src/../src/a, src/a", "src/new, src/new", "new/deep/file, new/deep/file", "inlink/a, src/a", "roundabout, src/a",
            "inlink/deep/../a, src/a", "//workspace//src/a, src/a", "/x/../workspace/src/a, src/a", "odd name/x, odd name/x",
            "~user/x, ~user/x", "...., ....", "-rf, -rf", "src/a/below, src/a/below", ".git/config, .git/config", "café, café",
            "/workspace/workspace/a, workspace/a", "'/any/where/workspaces/t-1/1-w0/src/a', src/a",
            "/workspaces/t-1/12-h-3f/x, x",
            "/workspaces/t-1/1-w0, ''"})
    void pathInsideIsFollowedToItsRealPlace(String path, String relative) {
        assertThat(resolve(path)).isEqualTo(new Inside(relative.isEmpty() ? root : root.resolve(relative), relative));
    }

    @Test
    void theRealCheckoutItselfIsKnown() {
        assertThat(resolve(root + "/src/a")).isEqualTo(new Inside(root.resolve("src/a"), "src/a"));
    }

    @Test
    void relativePathsBeginInTheSubdirectoryAndMayClimbToTheTop() {
        var confinement = new Confinement(root, root.resolve("src/deep"), new TaskId("t-1"));
        assertThat(confinement.resolve("../a")).isEqualTo(new Inside(root.resolve("src/a"), "src/a"));
        assertThat(confinement.resolve("../../x")).isEqualTo(new Inside(root.resolve("x"), "x"));
        assertThat(confinement.resolve("../../../x")).isInstanceOf(Outside.class);
        assertThat(confinement.resolve(".")).isEqualTo(new Inside(root.resolve("src/deep"), "src/deep"));
    }

    @Test
    void taskIdsThatLookLikePatternsAreTakenLiterally() {
        var confinement = new Confinement(root, root, new TaskId("t.1"));
        assertThat(confinement.resolve("/d/workspaces/t-1/1-w/src/a")).isInstanceOf(Outside.class);
        assertThat(confinement.resolve("/d/workspaces/t.1/1-w/src/a")).isInstanceOf(Inside.class);
    }
}
