package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DiskUseTest {
    private static final long MOST = 1_000;
    @TempDir
    private Path workspace;

    @Test
    void anOpenFileCountsOnceWhetherANameLeadsToItOrNot() throws IOException {
        Path named = Files.writeString(Files.createDirectory(workspace.resolve("d")).resolve("named"), "12345");
        Object key = Files.readAttributes(named, BasicFileAttributes.class).fileKey();
        assertThat(DiskUse.of(workspace, Map.of(key, 5L, "closed away", 7L), MOST)).isEqualTo(new DiskUse(12, true));
    }

    @Test
    void whatIsGoneIsNoGap() {
        assertThat(DiskUse.of(workspace.resolve("gone"), Map.of(), MOST)).isEqualTo(new DiskUse(0, true));
    }

    @Test
    void aPathThatIsTooLongIsAGap() throws IOException, InterruptedException {
        bash("d=$(printf 'x%.0s' {1..200}); for i in {1..25}; do mkdir $d; cd $d; done; echo unseen >f");
        try {
            assertThat(DiskUse.of(workspace, Map.of(), MOST).isWhole()).isFalse();
        } finally {
            bash("rm -rf x*");
        }
    }

    private void bash(String script) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("bash", "-c", script).directory(workspace.toFile()).inheritIO().start().waitFor()).isZero();
    }
}
