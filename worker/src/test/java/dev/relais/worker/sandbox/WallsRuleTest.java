package dev.relais.worker.sandbox;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(ReadFoldersRule.problem(List.of(Path.of("/opt/jdk"), Path.of(folder)), DATA)).get().asString()
                .contains("RELAIS_SANDBOX_READ: " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/jdk", "/root/.m2", "/var/cache/npm", "/var/lib/relais-tools"})
    void toolchainsAndCachesAreShown(String folder) {
        assertThat(ReadFoldersRule.problem(List.of(Path.of(folder)), DATA)).isEmpty();
    }
}
