package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.sandbox.Unsandboxed;
import dev.relais.worker.tool.ContentHash;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

/** The tools' behaviour in tables: read.txt, edit.txt, write.txt, grep.txt, glob.txt, bash.txt. Each block is one fact. */
@Timeout(60)
class ToolTablesTest {
    @TempDir
    private Path dir;

    static Stream<Arguments> read() throws IOException {
        return ToolTable.read("read.txt");
    }

    static Stream<Arguments> edit() throws IOException {
        return ToolTable.read("edit.txt");
    }

    static Stream<Arguments> write() throws IOException {
        return ToolTable.read("write.txt");
    }

    static Stream<Arguments> grep() throws IOException {
        return ToolTable.read("grep.txt");
    }

    static Stream<Arguments> glob() throws IOException {
        return ToolTable.read("glob.txt");
    }

    static Stream<Arguments> bash() throws IOException {
        return ToolTable.read("bash.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void read(ToolTable table) throws Exception {
        check("Read", table);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void edit(ToolTable table) throws Exception {
        check("Edit", table);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void write(ToolTable table) throws Exception {
        check("Write", table);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void grep(ToolTable table) throws Exception {
        check("Grep", table);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void glob(ToolTable table) throws Exception {
        check("Glob", table);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bash(ToolTable table) throws Exception {
        check("Bash", table);
    }

    private void check(String tool, ToolTable table) throws Exception {
        table.make(dir);
        var sandbox = new Unsandboxed(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));
        ToolResult result = Call.of(Toolkit.standard(sandbox, InstantSource.system()), tool, new BareWorkspace(dir), known(table),
                table.all("in").getFirst());
        assertThat(result.isError()).as(result.text()).isEqualTo(!table.all("err").isEmpty());
        table.all("out").forEach(text -> assertThat(result.text()).isEqualTo(ToolTable.text(text)));
        table.all("err").forEach(text -> assertThat(result.text()).contains(ToolTable.text(text)));
        table.all("has").forEach(text -> assertThat(result.text()).contains(ToolTable.text(text)));
        table.all("not").forEach(text -> assertThat(result.text()).doesNotContain(ToolTable.text(text)));
        table.all("reads").forEach(access -> assertThat(access(result)).isEqualTo(access));
        for (Map.Entry<String, String> then : table.named("then").entrySet()) {
            String[] words = then.getKey().split(" \\[", 2);
            assertThat(Files.readAllBytes(dir.resolve(words[0]))).asString(StandardCharsets.ISO_8859_1).isEqualTo(new String(
                    ToolTable.bytes(then.getValue(), words.length > 1 ? words[1].replace("]", "") : "UTF-8"),
                    StandardCharsets.ISO_8859_1));
        }
        assertThat(result.text()).doesNotContain(dir.toString());
    }

    private static String access(ToolResult result) {
        return result.files().isEmpty() ? "nothing" : result.files().getFirst().access();
    }

    /** What the conversation has seen: with {@code now} the content as it is. */
    private KnownFiles known(ToolTable table) throws IOException {
        KnownFiles known = KnownFiles.NONE;
        for (String access : List.of("seen", "part")) {
            for (Map.Entry<String, String> seen : table.named(access).entrySet()) {
                byte[] content = seen.getValue().equals("now")
                        ? Files.readAllBytes(dir.resolve(seen.getKey()))
                        : ToolTable.bytes(seen.getValue(), "UTF-8");
                known = known.and(List.of(new FileSeen(seen.getKey(), ContentHash.of(content),
                        access.equals("seen") ? KnownFiles.READ : KnownFiles.PARTIAL)));
            }
        }
        return known;
    }
}
