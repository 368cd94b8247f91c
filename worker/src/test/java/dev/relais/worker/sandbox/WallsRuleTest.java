package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

class WallsRuleTest {
    private static final Path DATA = Path.of("/var/lib/relais");

    @Test
    void readFoldersAreReadOnlyAndTheWorkspaceIsBoundLastBeforeTheTopCloses() {
        List<String> line = WallsRule.line(new WallsRule.Walls(List.of("--ro-bind", "/usr", "/usr"), Path.of("/run/etc"),
                List.of(new WallsRule.Seen(Path.of("/run/1"), Path.of("/opt/jdk"))), Path.of("/run/0"), false, 1 << 20, true));
        assertThat(line).startsWith("bwrap", "--unshare-user", "--unshare-all", "--disable-userns")
                .containsSequence("--ro-bind", "/run/etc", "/etc")
                .containsSequence("--ro-bind", "/run/1", "/opt/jdk", "--bind", "/run/0", "/workspace", "--remount-ro", "/dev",
                        "--remount-ro", "/")
                .endsWith("--seccomp", "8", "--");
        assertThat(line.stream().filter("--bind"::equals)).hasSize(1);
        assertThat(line).doesNotContain("--share-net", "/etc/resolv.conf");
        assertThat(WallsRule
                .line(new WallsRule.Walls(List.of(), Path.of("/run/etc"), List.of(), Path.of("/run/0"), true, 1 << 20, true)))
                .contains("--share-net", "/etc/resolv.conf");
    }

    @Test
    void aRootWorkersEntranceGivesUpItsRightsBeforeBwrap() {
        var entrance = new Entrance(new RunAs.Lowered(61_200)).bind(Path.of("/data/checkout"), Path.of("/run/0"));
        List<String> line = entrance.line(List.of("bwrap", "--"), 100, "/workspace");
        assertThat(line).startsWith("unshare", "--mount").containsSubsequence("bind", "/data/checkout", "/run/0", "--", "setpriv",
                "--reuid", "61200", "--clear-groups", "--bounding-set=-all", "bwrap", "bash");
        assertThat(new Entrance(new RunAs.Itself()).line(List.of("bwrap", "--"), 100, "/workspace")).startsWith("bash")
                .doesNotContain("setpriv", "unshare");
        assertThat(new Entrance(new RunAs.Lowered(61_200)).line(List.of("bwrap", "--"), 100, "/workspace"))
                .as("what everybody may walk to needs no mount").startsWith("bash").contains("setpriv").doesNotContain("unshare");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/var", "/var/lib/relais", "/var/lib/relais/mirrors", "/opt/../var/lib", "/proc", "/run/user",
            "/tmp/x",
            "/workspace", "opt/jdk"})
    void foldersThatWouldShowWhatIsOthersAreRefused(String folder) {
        assertThat(ReadFoldersRule.problem(List.of(plain("/opt/jdk"), plain(folder)), plain(DATA.toString()))).get().asString()
                .contains("RELAIS_SANDBOX_READ: " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/jdk", "/root/.m2", "/var/cache/npm", "/var/lib/relais-tools"})
    void toolchainsAndCachesAreShown(String folder) {
        assertThat(ReadFoldersRule.problem(List.of(plain(folder)), plain(DATA.toString()))).isEmpty();
    }

    private static ReadFoldersRule.Folder plain(String path) {
        return new ReadFoldersRule.Folder(Path.of(path), Path.of(path).normalize());
    }

    @Test
    void aLinkIsJudgedByWhatItShows(@TempDir Path dir) throws IOException {
        Path data = Files.createDirectories(Path.of("/var/tmp").resolve(dir.getFileName()).resolve("data"));
        Path link = data.resolveSibling("tools");
        try {
            for (Path target : List.of(data, data.getParent(), Path.of("/proc"))) {
                Files.createSymbolicLink(link, target);
                var wish = new Sandboxes.Wish(Sandboxes.Mode.AUTO, Map.of(), data.resolveSibling("data"), List.of(link),
                        1L << 30);
                assertThat(Sandboxes.choose(wish, new WorkerId("w"))).isInstanceOfSatisfying(Sandboxes.Chosen.Impossible.class,
                        impossible -> assertThat(impossible.problem()).contains(link + " (" + target + ")"));
                Files.delete(link);
            }
        } finally {
            Files.deleteIfExists(link);
            Files.delete(data);
            Files.delete(data.getParent());
        }
    }
}
