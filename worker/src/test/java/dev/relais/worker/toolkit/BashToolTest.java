package dev.relais.worker.toolkit;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.worker.sandbox.Unsandboxed;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class BashToolTest {
    @TempDir
    private Path dir;

    private ToolResult bash(String input) {
        var sandbox = new Unsandboxed(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));
        var workspace = new BareWorkspace(dir).with("f", "line\n").with("sub/x", "");
        return Call.of(Toolkit.standard(sandbox, InstantSource.system()), "Bash", workspace, KnownFiles.NONE, input);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"{'command':'echo hi'} | hi", "{'command':'true'} | (no output)",
            "{'command':'pwd'} | /workspace", "{'command':'cat f; echo err >&2'} | line¶err", "{'command':'ls'} | f¶sub",
            "{'command':'grep nothing f'} | (no output)¶(exit code 1)",
            "^{'command':'cat f | grep nothing'}^ | (no output)¶(exit code 1)",
            "{'command':'cd sub && ls','description':'lists'} | x", "{'command':'test -f none'} | (no output)¶(exit code 1)",
            "{'command':'printf é'} | é", "{'command':'echo $((6*7))','timeout':5000} | 42",
            "{'command':'echo a','timeout':'5000'} | a"})
    void aCommandsOutputIsItsResult(String input, String text) {
        ToolResult result = bash(input);
        assertThat(result.text()).isEqualTo(text.replace('¶', '\n'));
        assertThat(result.isError()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"{'command':'exit 3'} | Exit code 3",
            "{'command':'echo out; false'} | Exit code 1¶out",
            "{'command':'grep x none'} | Exit code 2", "{'command':'nosuchprogram'} | command not found",
            "{'command':'sleep 5','run_in_background':true} | run_in_background is not available",
            "{'command':'ls','dangerouslyDisableSandbox':true} | not available", "{'command':' '} | empty",
            "{'command':'ls','timeout':600001} | between 1 and 600000", "{'command':'ls','timeout':0} | between 1 and 600000",
            "{'command':'echo begun; sleep 30','timeout':500} | timed out after 500 ms", "{} | `command` is missing",
            "{'command':['ls']} | `command` must be a string", "{'cmd':'ls'} | unknown parameter `cmd`"})
    void whatWentWrongIsSaid(String input, String text) {
        ToolResult result = bash(input);
        assertThat(result.isError()).as(result.text()).isTrue();
        assertThat(result.text()).contains(text.replace('¶', '\n'));
    }

    @Test
    void longOutputIsShownInPartAndSavedWhole() {
        ToolResult success = bash("{'command':'seq 20000'}");
        assertThat(success.text()).startsWith("1\n2\n").endsWith("\n20000")
                .contains("characters left out; the whole output is in /workspace/.relais/output/");
        assertThat(success.text().length()).isBetween(29_000, 30_300);
        ToolResult failure = bash("{'command':'seq 20000; exit 1'}");
        assertThat(failure.text()).startsWith("Exit code 1\n1\n").endsWith("\n20000");
        assertThat(failure.text().length()).isBetween(9_000, 10_300);
        String saved = success.text().replaceAll("(?s).*/workspace/(\\.relais/output/[0-9a-f]+\\.txt).*", "$1");
        assertThat(new BareWorkspace(dir).read(saved).lines()).hasSize(20_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"grep x f | 1 | false", "grep x f | 2 | true", "cat f | 1 | true",
            "rg x | 1 | false",
            "ls && grep x f | 1 | false", "grep x f && ls | 1 | true", "git diff --exit-code | 1 | false",
            "git grep x | 1 | false", "git status | 1 | true", "/usr/bin/diff a b | 1 | false", "[ -f x ] | 1 | false",
            "[[ -f x ]] | 1 | false",
            "LC_ALL=C grep x f | 1 | false", "timeout 5 grep x f | 1 | false", "! grep x f | 1 | false",
            "grep x f 2>&1 | 1 | false",
            "find . -name x | 1 | false", "grep x f | 0 | false", "grepper | 1 | true", "npm test | 1 | true"})
    void oneIsAnAnswerOfSearchesAndComparisons(String script, int code, boolean error) {
        assertThat(ExitRule.isError(script, code)).isEqualTo(error);
    }
}
