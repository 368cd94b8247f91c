package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** On made-up directories: which of the kernel's files are written, and with what. */
class CgroupsTest {
    private static final Limits LIMITS = new Limits(64 << 20, 60, 1, 1, 1, 1, 1, Duration.ofSeconds(1));
    @TempDir
    private Path mounts;

    private Path file(String path, String content) throws IOException {
        Path file = mounts.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void versionOneHasADirectoryInEachControllersTree() throws IOException {
        Files.createDirectories(mounts.resolve("memory/own"));
        Files.createDirectories(mounts.resolve("pids"));
        var cgroups = Cgroups.find(mounts, List.of("8:pids:/elsewhere", "4:memory:/own", "0::/")).orElseThrow();
        assertThat(cgroups).hasToString("cgroup v1");
        CommandCgroup cgroup = cgroups.open(LIMITS);
        assertThat(cgroup.entries()).hasSize(2).allMatch(path -> path.endsWith("tasks"));
        Path memory = cgroup.entries().getFirst();
        assertThat(memory).startsWithRaw(mounts.resolve("memory/own"));
        assertThat(memory.resolveSibling("memory.limit_in_bytes")).hasContent(String.valueOf(64 << 20));
        assertThat(cgroup.entries().getLast().resolveSibling("pids.max")).hasContent("64");
    }

    @Test
    void versionTwoMovesTheWorkerIntoALeafAndOpensItsOwnCgroup() throws IOException {
        file("service/cgroup.controllers", "cpu memory pids\n");
        Path opened = file("service/cgroup.subtree_control", "\n");
        file("service/cgroup.procs", "123\n");
        Files.createDirectories(mounts.resolve("service/relais-worker"));
        var cgroups = Cgroups.find(mounts, List.of("0::/service")).orElseThrow();
        assertThat(cgroups).hasToString("cgroup v2");
        assertThat(mounts.resolve("service/relais-worker/cgroup.procs")).hasContent("123");
        assertThat(opened).hasContent("+memory +pids");
        CommandCgroup cgroup = cgroups.open(LIMITS);
        Path processes = cgroup.entries().getFirst();
        assertThat(processes.resolveSibling("memory.max")).hasContent(String.valueOf(64 << 20));
        assertThat(processes.resolveSibling("pids.max")).hasContent("64");
        Files.writeString(processes.resolveSibling("memory.events"), "low 0\noom 3\noom_kill 2\n");
        assertThat(cgroup.killedForMemory()).isEqualTo(2);
    }

    @Test
    void aWorkerThatMovedAlreadyMakesItsCommandsCgroupsBesideItself() throws IOException {
        file("service/cgroup.controllers", "memory pids\n");
        file("service/cgroup.subtree_control", "memory pids\n");
        var cgroups = Cgroups.find(mounts, List.of("0::/service/relais-worker")).orElseThrow();
        assertThat(cgroups.open(LIMITS).entries().getFirst()).startsWithRaw(mounts.resolve("service"))
                .satisfies(path -> assertThat(path.toString()).doesNotContain("relais-worker"));
    }

    @Test
    void withoutTheControllersThereIsNone() throws IOException {
        file("cgroup.controllers", "hugetlb\n");
        assertThat(Cgroups.find(mounts, List.of("0::/", "5:devices:/"))).isEmpty();
        assertThat(Cgroups.find(mounts, List.of())).isEmpty();
    }
}
