package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DiskUseTest {
    @TempDir
    Path directory;

    @Test
    void filesOfAllDepthsCount() throws IOException {
        Files.writeString(directory.resolve("a"), "12345");
        Files.writeString(Files.createDirectories(directory.resolve("b/c")).resolve("d"), "123");
        assertThat(DiskUse.bytes(directory)).isEqualTo(8);
    }

    @Test
    void aDirectoryThatDoesNotExistIsEmpty() throws IOException {
        assertThat(DiskUse.bytes(directory.resolve("none"))).isZero();
    }
}
