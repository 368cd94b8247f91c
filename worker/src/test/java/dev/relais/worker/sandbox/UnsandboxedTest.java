package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.worker.sandbox.Sandbox.Ended;

import static org.assertj.core.api.Assertions.assertThat;

class UnsandboxedTest {
    private static final Map<String, String> SECRETS = Map.of("ANTHROPIC_API_KEY", "sk-secret-1", "RELAIS_KAFKA_SASL_JAAS_CONFIG",
            "sk-secret-2", "KAFKA_PASSWORD", "sk-secret-3", "AWS_SECRET_ACCESS_KEY", "sk-secret-4", "LD_PRELOAD", "sk-secret-5",
            "BASH_ENV",
            "sk-secret-6");

    @TempDir
    private Path dir;

    private Ended run(String script, Duration timeout) throws InterruptedException {
        var environment = new TreeMap<>(SECRETS);
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        return new Unsandboxed(environment).run(new Sandbox.Command(script, dir, dir, timeout));
    }

    private String output(String script) throws InterruptedException {
        return switch (run(script, Duration.ofSeconds(30))) {
            case Ended.Exited exited -> exited.output().text();
            case Ended.TimedOut late -> throw new AssertionError("timed out: " + late);
            case Ended.OverLimit over -> throw new AssertionError("over its limits: " + over);
            case Ended.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    /** Whether any process still has the word among its arguments. */
    private static List<String> living(String word) throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var found = new ArrayList<String>();
            for (Path process : processes) {
                try {
                    String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                    boolean zombie = Files.readString(process.resolve("stat")).contains(") Z ");
                    if (line.contains(word) && !zombie) {
                        found.add(process.getFileName() + " " + line);
                    }
                } catch (IOException e) {
                    assertThat(e).as("gone since it was listed").isNotNull();
                }
            }
            return found;
        }
    }

    @Test
    void i10_noSecretOfTheWorkerIsInACommandsEnvironment() throws InterruptedException {
        String environment = output(
                "env; set; cat /proc/self/environ; python3 -c 'import os; print(os.environ)' 2>/dev/null; export -p");
        assertThat(environment).doesNotContain("sk-secret").contains("TERM=dumb", "HOME=", "WORKSPACE=/workspace");
        assertThat(environment).doesNotContain("ANTHROPIC", "RELAIS_", "KAFKA");
    }

    @Test
    void theEnvironmentIsAClosedList() {
        assertThat(EnvironmentRule.environment(SECRETS, dir, dir, "m").keySet()).containsExactlyInAnyOrder("PATH", "HOME",
                "TMPDIR",
                "WORKSPACE", "LANG", "LC_ALL", "TERM", "SHELL", "USER", "LOGNAME", "PAGER", "GIT_PAGER", "GIT_TERMINAL_PROMPT",
                "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "COMMAND_MARK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 4711.%d & exit 0", "nohup sleep 4711.%d >/dev/null 2>&1 &", "setsid sleep 4711.%d & sleep 0.2",
            "setsid -f sleep 4711.%d", "(setsid -f bash -c 'sleep 4711.%d' </dev/null >/dev/null 2>&1 &) ; exit 3",
            "bash -c 'trap \"\" TERM HUP INT; sleep 4711.%d & sleep 4711.%d' & sleep 0.2", "sleep 4711.%d | cat & disown -a",
            "env -i setsid -f sleep 4711.%d; true", "cd $HOME && env -i setsid -f sleep 4711.%d",
            "for i in $(seq 30); do setsid -f bash -c 'exec setsid -f sleep 4711.%d' & done",
            "for i in $(seq 30); do (sleep 4711.%d &) ; done",
            "python3 -c 'import os,time\nif os.fork()==0:\n os.setsid()\n if os.fork()==0:\n  os.execvp(\"sleep\",[\"sleep\",\"4711.%d\"])\n'"})
    @Timeout(60)
    void i11_nothingOfACommandSurvivesItsEnd(String script) throws Exception {
        // This process's own: another run of these tests beside this one, or one that was killed, is none of its business.
        String id = (script.hashCode() & 0xFFFFFF) + String.valueOf(ProcessHandle.current().pid());
        output(script.replace("%d", id));
        assertThat(living("4711." + id)).isEmpty();
    }

    @Test
    @Timeout(60)
    void i11_atItsTimeoutTheWholeTreeDies() throws Exception {
        Ended ended = run("echo begun; setsid sleep 4712 & nohup bash -c 'trap \"\" TERM; sleep 4712; sleep 4712' & sleep 4712",
                Duration.ofMillis(700));
        assertThat(ended).isInstanceOfSatisfying(Ended.TimedOut.class,
                late -> assertThat(late.output().text()).contains("begun"));
        assertThat(living("4712")).isEmpty();
    }

    @Test
    @Timeout(60)
    void i11_whenTheRunIsStoppedTheWholeTreeDies() throws Exception {
        var begun = dir.resolve("begun");
        var stopped = new CountDownLatch(1);
        Thread run = Thread.ofVirtual().start(() -> {
            try {
                run("setsid sleep 4713 & touch begun; sleep 4713", Duration.ofMinutes(5));
            } catch (InterruptedException e) {
                stopped.countDown();
            }
        });
        while (!Files.exists(begun)) {
            Thread.onSpinWait();
        }
        run.interrupt();
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(living("4713")).isEmpty();
    }

    @Test
    @Timeout(120)
    void aForkBombDies() throws Exception {
        run("f() { sleep 4714 & f & f; }; ulimit -u 300 2>/dev/null; for i in $(seq 40); do (sleep 4714; sleep 4714) & done; wait",
                Duration.ofSeconds(1));
        assertThat(living("4714")).isEmpty();
    }

    @Test
    @Timeout(60)
    void endlessOutputFillsNoMemory() throws InterruptedException {
        assertThat(run("yes", Duration.ofSeconds(1))).isInstanceOfSatisfying(Ended.TimedOut.class, late -> {
            assertThat(late.output().text()).hasSizeLessThanOrEqualTo(Sandbox.Output.KEPT_BYTES);
            assertThat(late.output().droppedBytes()).isPositive();
        });
    }

    @Test
    void theRealPathReadsAsWorkspace() throws InterruptedException {
        assertThat(output("pwd; echo $WORKSPACE/a; echo ${WORKSPACE}x; echo $HOME")).isEqualTo(
                "/workspace\n/workspace/a\n" + dir + "x\n/tmp\n");
    }

    @Test
    void standardInputIsEmptyAndOutputsKeepTheirOrder() throws InterruptedException {
        assertThat(output("cat; read x; echo out; echo err >&2; echo out2")).isEqualTo("out\nerr\nout2\n");
    }

    @Test
    void bytesThatAreNoTextDoNotFail() throws InterruptedException {
        assertThat(output("printf 'a\\xff\\xc3\\xa9'")).isEqualTo("a\uFFFD\u00e9");
    }

    @Test
    void aLongScriptWithAccentsAndHeredocRuns() throws InterruptedException, IOException {
        String body = "\u00e9\u2713 ".repeat(100_000);
        output("cat > big.txt <<'EOF'\n" + body + "\nEOF\n");
        assertThat(Files.readString(dir.resolve("big.txt"))).isEqualTo(body + "\n");
    }

    @Test
    void theExitCodeIsTheCommands() throws InterruptedException {
        assertThat(run("exit 7", Duration.ofSeconds(9))).isInstanceOfSatisfying(Ended.Exited.class,
                exited -> assertThat(exited.code()).isEqualTo(7));
        assertThat(run("kill -9 $$", Duration.ofSeconds(9))).isInstanceOfSatisfying(Ended.Exited.class,
                exited -> assertThat(exited.code()).isEqualTo(137));
        assertThat(output("no-such-program")).contains("no-such-program: command not found");
        assertThat(output("if then")).contains("syntax error");
    }

    @Test
    void whatACommandLeavesInItsHomeIsGone() throws InterruptedException {
        assertThat(output("echo x > $HOME/.bashrc; mkdir -p $TMPDIR/d; chmod 000 $TMPDIR/d; ls -A $HOME")).contains(".bashrc");
        assertThat(output("ls -A $HOME $TMPDIR | grep -v : | grep .")).isEmpty();
    }

    @Test
    void withoutASandboxNothingRuns() throws InterruptedException {
        var refusing = Refusing.because("bwrap is not installed");
        assertThat(refusing.run(new Sandbox.Command("touch x", dir, dir, Duration.ofSeconds(1))))
                .isInstanceOfSatisfying(Ended.Refused.class,
                        refused -> assertThat(refused.reason()).contains("RELAIS_SANDBOX=none"));
        assertThat(dir.resolve("x")).doesNotExist();
    }
}
