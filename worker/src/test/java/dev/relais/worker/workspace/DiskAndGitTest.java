package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DiskAndGitTest {
    @Test
    void machineThatWritesAndHasGitPassesAndKeepsNothing(@TempDir Path directory) throws IOException {
        assertThat(new DiskAndGit(directory).probe()).isEqualTo(new MachineProbe.Probe.Passed());
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void dataDirectoryThatIsNotThereFailsAndSaysWhatToDo(@TempDir Path directory) {
        assertThat(new DiskAndGit(directory.resolve("gone")).probe()).isInstanceOfSatisfying(MachineProbe.Probe.Failed.class,
                failed -> assertThat(failed.detail()).contains("gone").contains("RELAIS_DATA_DIR"));
    }
}
