package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** On made-up directories: which of the kernel's files are written, and with what. */
class CgroupsTest {
    private static final Limits LIMITS = new Limits(64 << 20, 60, 1, 1, 1, 1, 1, Duration.ofSeconds(1));
    private static final DelegationRule.Family FAMILY = new DelegationRule.Family(123, Set.of(200L), List.of(50L, 1L));
    @TempDir
    private Path mounts;

    private Path file(String path, String content) throws IOException {
        Path file = mounts.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** The worker is process 123. */
    private Optional<Cgroups> find(String... own) {
        return Cgroups.find(mounts, List.of(own), Cgroups.Use.DIVIDE, FAMILY);
    }

    @Test
    void aCgroupWithOthersInItStaysAsItIs() throws IOException {
        file("session/cgroup.controllers", "memory pids\n");
        Path opened = file("session/cgroup.subtree_control", "\n");
        file("session/cgroup.procs", "123\n777\n");
        assertThat(find("0::/session")).isEmpty();
        assertThat(opened).hasContent("\n");
        assertThat(mounts.resolve("session/relais-worker")).doesNotExist();
    }

    @Test
    void doctorMovesNothing() throws IOException {
        file("service/cgroup.controllers", "memory pids\n");
        Path opened = file("service/cgroup.subtree_control", "\n");
        file("service/cgroup.procs", "123\n");
        assertThat(Cgroups.find(mounts, List.of("0::/service"), Cgroups.Use.LOOK, FAMILY)).isEmpty();
        assertThat(opened).hasContent("\n");
        assertThat(mounts.resolve("service/relais-worker")).doesNotExist();
    }

    @Test
    void onlyTheWorkersOwnFamilyMoves() {
        assertThat(DelegationRule.isOwn(false, Set.of(123L, 200L), FAMILY)).isTrue();
        assertThat(DelegationRule.isOwn(false, Set.of(123L, 50L), FAMILY)).as("an operator's shell").isFalse();
        assertThat(DelegationRule.isOwn(false, Set.of(123L, 50L, 1L), FAMILY)).as("a container").isTrue();
        assertThat(DelegationRule.isOwn(false, Set.of(123L, 50L, 1L, 777L), FAMILY)).isFalse();
        assertThat(DelegationRule.isOwn(true, Set.of(123L, 777L), FAMILY)).as("delegated").isTrue();
    }

    @Test
    void aDirectoryThatWasThereIsNotTakenAway() throws IOException {
        Path there = Files.createDirectories(mounts.resolve("pids/relais-1-1"));
        Path made = Files.createDirectories(mounts.resolve("memory")).resolve("relais-1-1");
        assertThatThrownBy(() -> CommandCgroup.make(Cgroups.Version.ONE, List.of(made, there), LIMITS))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).exists();
        assertThat(made).doesNotExist();
    }

    @Test
    void versionOneHasADirectoryInEachControllersTree() throws IOException {
        Files.createDirectories(mounts.resolve("memory/own"));
        Files.createDirectories(mounts.resolve("pids"));
        var cgroups = find("8:pids:/elsewhere", "4:memory:/own", "0::/").orElseThrow();
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
        var cgroups = find("0::/service").orElseThrow();
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
        var cgroups = find("0::/service/relais-worker").orElseThrow();
        assertThat(cgroups.open(LIMITS).entries().getFirst()).startsWithRaw(mounts.resolve("service"))
                .satisfies(path -> assertThat(path.toString()).doesNotContain("relais-worker"));
    }

    @Test
    void withoutTheControllersThereIsNone() throws IOException {
        file("cgroup.controllers", "hugetlb\n");
        assertThat(find("0::/", "5:devices:/")).isEmpty();
        assertThat(find()).isEmpty();
    }
}
