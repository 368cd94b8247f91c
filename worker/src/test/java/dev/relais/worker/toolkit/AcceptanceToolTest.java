package dev.relais.worker.toolkit;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.sandbox.Refusing;
import dev.relais.worker.sandbox.Sandbox;
import dev.relais.worker.sandbox.Unsandboxed;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptanceToolTest {
    @TempDir
    private Path dir;

    private ToolResult accept(Sandbox sandbox, String command) {
        var workspace = new BareWorkspace(dir).with("f", "line\n");
        return Call.of(Toolkit.checks(sandbox), AcceptanceRule.TOOL, workspace, KnownFiles.NONE, "{'command':'" + command + "'}");
    }

    @ParameterizedTest
    @CsvSource({"true, false, exit code 0", "test -f f, false, exit code 0", "test -f none, true, exit code 1",
            "grep nothing f, true, exit code 1", "exit 7, true, exit code 7"})
    void anyExitCodeButZeroFails(String command, boolean isError, String begins) {
        ToolResult result = accept(new Unsandboxed(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))),
                command);
        assertThat(result.isError()).isEqualTo(isError);
        assertThat(result.text()).startsWith(begins);
    }

    @Test
    void whatTheSandboxRefusesWasNotRun() {
        ToolResult result = accept(Refusing.because("bwrap is not installed"), "true");
        assertThat(result.isError()).isTrue();
        assertThat(result.text()).startsWith(AcceptanceRule.notRun(""));
    }
}
