package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.tool.ContentHash;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class ReadToolTest {
    @TempDir
    private Path dir;
    private BareWorkspace workspace = new BareWorkspace(Path.of(""));

    @BeforeEach
    void makeFiles() throws IOException {
        workspace = new BareWorkspace(dir).with("three", "one\ntwo\nthree\n").with("empty", "").with("crlf", "a\r\nb\r\n")
                .with("noend", "a\nb").with("blank", "\n\nx\n").with("bom", "\uFEFFx\n").with("wide", "w".repeat(2_001))
                .with("nul", "a\0b").with("dir/in", "x").with("unicode", "caf\u00e9 \u2713\n").with("cr", "a\rb\n");
        Files.write(dir.resolve("utf16"), "h\u00e9\n".getBytes(StandardCharsets.UTF_16));
        Files.write(dir.resolve("latin"), new byte[]{'c', (byte) 0xE9, '\n'});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'file_path':'/workspace/three'} | `     1→one¶     2→two¶     3→three¶`",
            "{'file_path':'three'} | `     1→one¶     2→two¶     3→three¶`",
            "{'file_path':'three','offset':2} | `     2→two¶     3→three¶`",
            "{'file_path':'three','offset':0,'limit':1} | `     1→one¶`",
            "{'file_path':'three','offset':'2','limit':'1'} | `     2→two¶`",
            "{'file_path':'three','offset':null} | `     1→one¶     2→two¶     3→three¶`",
            "{'file_path':'crlf'} | `     1→a¶     2→b¶`",
            "{'file_path':'noend'} | `     1→a¶     2→b¶`",
            "{'file_path':'blank'} | `     1→¶     2→¶     3→x¶`",
            "{'file_path':'bom'} | `     1→x¶`",
            "{'file_path':'utf16'} | `     1→hé¶`",
            "{'file_path':'latin'} | `     1→cé¶`",
            "{'file_path':'unicode'} | `     1→café ✓¶`",
            "{'file_path':'empty'} | Warning: the file exists but the contents are empty.",
            "{'file_path':'three','offset':9} | Warning: the file exists but is shorter than the provided offset (9). The file has 3 lines."})
    void aFileIsShownAsCatDoes(String input, String text) {
        ToolResult result = Call.of("Read", workspace, input);
        assertThat(result.text()).isEqualTo(text.replace('→', '\t').replace('¶', '\n'));
        assertThat(result.isError()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'file_path':'none'} | File does not exist",
            "{'file_path':'dir'} | EISDIR: illegal operation on a directory", "{'file_path':'nul'} | is a binary file",
            "{'file_path':'../x'} | outside", "{'file_path':'x','pages':'1-2'} | PDF",
            "{} | the required parameter `file_path` is missing",
            "{'file_path':7} | `file_path` must be a string",
            "{'file_path':'three','offset':'two'} | `offset` must be an integer",
            "{'file_path':'three','ofset':2} | unknown parameter `ofset`", "['three'] | takes an object",
            "{'file_path':'three/x'} | File does not exist"})
    void whatCannotBeReadIsSaid(String input, String text) {
        ToolResult result = Call.of("Read", workspace, input);
        assertThat(result.text()).contains(text).doesNotContain(dir.toString());
        assertThat(result.isError()).isTrue();
        assertThat(result.files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'{\"file_path\":\"three\"}', read", "'{\"file_path\":\"three\",\"limit\":2}', partial",
            "'{\"file_path\":\"three\",\"offset\":2}', partial", "'{\"file_path\":\"three\",\"offset\":1,\"limit\":3}', read",
            "'{\"file_path\":\"three\",\"offset\":9}', partial"})
    void onlyAWholeReadCountsAsRead(String input, String access) {
        assertThat(Call.of("Read", workspace, input).files())
                .containsExactly(
                        new FileSeen("three", ContentHash.of("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8)), access));
    }

    @Test
    void aLongFileIsAPartialViewWithTheWayOn() {
        workspace.with("long", IntStream.rangeClosed(1, 2_500).mapToObj(String::valueOf).collect(Collectors.joining("\n")));
        ToolResult result = Call.of("Read", workspace, "{'file_path':'long'}");
        assertThat(result.text()).contains("  2000\t2000\n").doesNotContain("2001\t")
                .endsWith("PARTIAL view: lines 1-2000 of 2500. Read on with offset 2001, or Grep for what you look for.\n");
        assertThat(result.files()).extracting(FileSeen::access).containsExactly("partial");
    }

    @Test
    void aFileOverTheTokenCapShowsItsFirstPageAndRefusesLargerAsks() {
        workspace.with("heavy", ("y".repeat(999) + "\n").repeat(300));
        assertThat(Call.of("Read", workspace, "{'file_path':'heavy'}").text()).contains("PARTIAL view: lines 1-99 of 300");
        assertThat(Call.of("Read", workspace, "{'file_path':'heavy','limit':200}")).matches(ToolResult::isError)
                .extracting(ToolResult::text).asString().contains("lines 1 to 99 fit");
        assertThat(Call.of("Read", workspace, "{'file_path':'heavy','limit':200,'allow_large':true}").isError()).isFalse();
    }

    @Test
    void aWideLineIsClipped() {
        assertThat(Call.of("Read", workspace, "{'file_path':'wide'}").text())
                .isEqualTo("     1\t" + "w".repeat(2_000) + "… [line clipped]\n");
    }

    @Test
    void aLoneCarriageReturnEndsNoLine() {
        assertThat(Call.of("Read", workspace, "{'file_path':'cr'}").text()).isEqualTo("     1\ta\rb\n");
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", dir.resolve("pipe").toString()).start().waitFor()).isZero();
        assertThat(Call.of("Read", workspace, "{'file_path':'pipe'}").text()).contains("no regular file");
    }
}
