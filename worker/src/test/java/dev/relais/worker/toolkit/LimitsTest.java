package dev.relais.worker.toolkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.worker.sandbox.Refusing;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.Tool;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

/** What is too large, too long or to be stopped. */
@Timeout(120)
class LimitsTest {
    @TempDir
    private Path dir;

    private static Tool tool(String name, InstantSource clock) {
        return Toolkit.standard(Refusing.because("a test needs none"), clock).stream().filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Each look at it is a second later. */
    private static InstantSource hurrying() {
        var seconds = new AtomicLong();
        return () -> Instant.ofEpochSecond(seconds.incrementAndGet());
    }

    private void lines(String name, int count, String padding) throws IOException {
        try (OutputStream file = Files.newOutputStream(dir.resolve(name))) {
            for (int i = 1; i <= count; i++) {
                file.write(("line " + i + " " + padding + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Grep | {'pattern':'zzz'} | the results are incomplete",
            "Grep | {'pattern':'zzz','glob':'*.none'} | the results are incomplete",
            "Glob | {'pattern':'*.none'} | the list is incomplete"})
    void aSearchEndsAfterItsTimeAndSaysSo(String name, String input, String notice) throws Exception {
        var workspace = new BareWorkspace(dir);
        for (int i = 0; i < 60; i++) {
            workspace.with("f" + i, "text\n");
        }
        ToolResult result = tool(name, hurrying()).run(Call.json(input), workspace, KnownFiles.NONE);
        assertThat(result.isError()).isFalse();
        assertThat(result.text()).contains(notice);
    }

    @Test
    void aLargeFileIsReadByPage() throws Exception {
        lines("large", 400_000, "é".repeat(50));
        assertThat(Files.size(dir.resolve("large"))).isGreaterThan(WorkspaceFile.LARGEST);
        var workspace = new BareWorkspace(dir);
        ToolResult first = Call.of("Read", workspace, "{'file_path':'large'}");
        assertThat(first.text()).startsWith("     1\tline 1 é").contains("PARTIAL view: lines 1-").contains(" of 400000.");
        ToolResult page = Call.of("Read", workspace, "{'file_path':'large','offset':399999,'limit':10}");
        assertThat(page.text().lines()).hasSize(2).last().asString().startsWith("400000\tline 400000 ");
        assertThat(page.files()).isEmpty();
        assertThat(Call.of("Edit", workspace, "{'file_path':'large','old_string':'a','new_string':'b'}").text())
                .contains("is too large").contains("Change it with Bash");
        ToolResult late = tool("Read", hurrying()).run(Call.json("{'file_path':'large'}"), workspace, KnownFiles.NONE);
        assertThat(late.text()).contains("could not be read within 20 s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'pattern':'^line \\\\d*00 ','output_mode':'content','-B':1,'-A':2,'head_limit':0}",
            "{'pattern':'00 pad','output_mode':'content','head_limit':0}",
            "{'pattern':'\\\\bline \\\\d+50\\\\b','output_mode':'content','-o':true,'head_limit':0}"})
    void linesAreCountedOverTheBlocksOfALargeFile(String input) throws Exception {
        lines("large", 250_000, "pad".repeat(30));
        String text = Call.of(java.util.List.of(tool("Grep", InstantSource.system())), "Grep", new BareWorkspace(dir),
                KnownFiles.NONE, input).text();
        // The whole is saved, as what is too long always is.
        int at = text.indexOf("the whole is in /workspace/");
        var entries = at < 0
                ? text.lines().toList()
                : Files.readAllLines(
                        dir.resolve(text.substring(at + "the whole is in /workspace/".length(), text.indexOf(',', at))));
        assertThat(entries).hasSizeGreaterThan(2_000)
                .allMatch(entry -> entry.equals("--") || entry.matches("(?s)large[:-](\\d+)[:-]line \\1\\b.*"));
    }

    @Test
    void aLineOfManyMegabytesIsSearchedInPiecesAndShownInPart() throws Exception {
        try (OutputStream file = Files.newOutputStream(dir.resolve("wide"))) {
            for (int i = 0; i < 40; i++) {
                file.write("w".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
            }
            file.write("needle\nend\n".getBytes(StandardCharsets.UTF_8));
        }
        var workspace = new BareWorkspace(dir);
        ToolResult result = Call.of("Grep", workspace, "{'pattern':'needle|end','output_mode':'content'}");
        assertThat(result.text().lines()).hasSize(2).last().isEqualTo("wide:2:end");
        assertThat(result.text().length()).isLessThan(1_000);
        assertThat(Call.of("Read", workspace, "{'file_path':'wide'}").text()).contains("[line clipped]\n     2\tend\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Grep | {'pattern':'[ab]*a[ab]{400}c'}", "Glob | {'pattern':'*.none'}",
            "Read | {'file_path':'f'}"})
    void aStoppedRunEndsItsTool(String name, String input) throws Exception {
        var workspace = new BareWorkspace(dir).with("f", "ab".repeat(1_000_000)).with("g/h", "x");
        var begun = new CountDownLatch(1);
        JsonNode json = Call.json(input);
        var end = new CompletableFuture<String>();
        Thread thread = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            begun.countDown();
            try {
                end.complete(tool(name, InstantSource.system()).run(json, workspace, KnownFiles.NONE).text());
            } catch (InterruptedException e) {
                end.complete("stopped");
            }
        });
        thread.join();
        assertThat(end.join()).isEqualTo("stopped");
    }
}
