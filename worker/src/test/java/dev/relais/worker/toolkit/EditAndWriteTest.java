package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.tool.ContentHash;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class EditAndWriteTest {
    @TempDir
    private Path dir;

    private static String written(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a b c | b | X | false | a X c", "a b b | b | X | true | a X X", "line\\nnext | line\\nnext | one | false | one",
            "a b c | b |`` | false | a  c", "a\\r\\nb\\r\\n | a\\nb | x\\ny | false | x\\r\\ny\\r\\n",
            "a\\r\\nb\\n | b | c | false | a\\r\\nc\\n", "a\\r\\nb | a\\r\\nb | c | false | c", "é✓ | ✓ | ✗ | false | é✗",
            "a.b | . | $1 | false | a$1b", "  indent | indent | x | false |   x", "aaa | aa | b | true | ba",
            "tab\\there | tab | x | false | x\\there"})
    void aStringIsReplacedExactly(String before, String from, String to, boolean all, String after) {
        assertThat(EditRule.edit(written(before), new EditRule.Replacement(written(from), written(to), all),
                ReadFirstRule.Knowledge.CURRENT)).isInstanceOfSatisfying(EditRule.Edited.Done.class,
                        done -> assertThat(done.content()).isEqualTo(written(after)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a b | c | d | false | CURRENT | String to replace not found in file.",
            "a b b | b | d | false | CURRENT | Found 2 matches of the string to replace, but replace_all is false.",
            "a | a | a | false | CURRENT | No changes to make: old_string and new_string are exactly the same.",
            "a |`` | b | false | CURRENT | Cannot create new file - file already exists.",
            "a | a | b | false | UNREAD | File has not been read yet. Read it first before writing to it.",
            "a a | a | b | true | CHANGED | File has been modified since it was read.",
            "a a | a | b | false | CHANGED | File has been modified since it was read.",
            "a | c | b | false | CHANGED | File has been modified since it was read.",
            "A | a | b | false | CURRENT | String to replace not found in file.",
            "a  b | a b | c | false | CURRENT | String to replace not found in file."})
    void whatIsNotClearIsRefused(String before, String from, String to, boolean all, ReadFirstRule.Knowledge knowledge,
            String text) {
        assertThat(EditRule.edit(before, new EditRule.Replacement(from, to, all), knowledge))
                .isInstanceOfSatisfying(EditRule.Edited.Refused.class, refused -> assertThat(refused.text()).startsWith(text));
    }

    @Test
    void aFileThatChangedIsStillEditableWhereTheStringIsUnique() {
        var workspace = new BareWorkspace(dir).with("f", "new a");
        ToolResult result = Call.of("Edit", workspace, Call.known("f", "old a", KnownFiles.READ),
                "{'file_path':'/workspace/f','old_string':'a','new_string':'b'}");
        assertThat(result.text()).isEqualTo("The file /workspace/f has been updated.");
        assertThat(workspace.read("f")).isEqualTo("new b");
        assertThat(result.files())
                .containsExactly(new FileSeen("f", Content.of("new b").hash(), "written", Content.of("new a").hash()));
    }

    @ParameterizedTest
    @CsvSource({"read, false", "written, false", "partial, true"})
    void aPartialReadIsNoGroundForChanging(String access, boolean refused) {
        var workspace = new BareWorkspace(dir).with("f", "a");
        KnownFiles known = Call.known("f", "a", access);
        assertThat(Call.of("Edit", workspace, known, "{'file_path':'f','old_string':'a','new_string':'b'}").isError())
                .isEqualTo(refused);
        workspace.with("f", "a");
        assertThat(Call.of("Write", workspace, known, "{'file_path':'f','content':'c'}").isError()).isEqualTo(refused);
        assertThat(workspace.read("f")).isEqualTo(refused ? "a" : "c");
    }

    @Test
    void aPartialReadDoesNotUndoAWholeOne() {
        var workspace = new BareWorkspace(dir).with("f", "a\nb\n");
        KnownFiles known = Call.known("f", "a\nb\n", KnownFiles.READ)
                .and(Call.of("Read", workspace, "{'file_path':'f','limit':1}").files());
        assertThat(Call.of("Write", workspace, known, "{'file_path':'f','content':'c'}").isError()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'file_path':'new','content':'x'} | new | x",
            "{'file_path':'/workspace/deep/er/new','content':'é'} | deep/er/new | é", "{'file_path':'e','content':''} | e | ''"})
    void writeCreatesAFileWithItsDirectories(String input, String path, String content) {
        var workspace = new BareWorkspace(dir);
        ToolResult result = Call.of("Write", workspace, input);
        assertThat(result.text()).isEqualTo("File created successfully at: /workspace/" + path);
        assertThat(workspace.read(path)).isEqualTo(content);
        assertThat(result.files()).extracting(FileSeen::path).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Write | {'file_path':'f','content':'x'} | File has not been read yet. Read it first before writing to it.",
            "Write | {'file_path':'d','content':'x'} | EISDIR", "Write | {'file_path':'f/x','content':'x'} | cannot be written",
            "Write | {'file_path':'../x','content':'x'} | outside", "Write | {'file_path':'x'} | `content` is missing",
            "Write | {'content':'x'} | `file_path` is missing",
            "Write | {'file_path':'x','content':7} | `content` must be a string",
            "Edit | {'file_path':'f','old_string':'a','new_string':'b'} | File has not been read yet.",
            "Edit | {'file_path':'none','old_string':'a','new_string':'b'} | File does not exist",
            "Edit | {'file_path':'d','old_string':'a','new_string':'b'} | EISDIR",
            "Edit | {'file_path':'../x','old_string':'a','new_string':'b'} | outside",
            "Edit | {'file_path':'f','old_string':'a'} | `new_string` is missing",
            "Edit | {'file_path':'f','old_string':'a','new_string':'b','replace_all':'maybe'} | `replace_all` must be a boolean"})
    void whatCannotBeWrittenIsSaidAndNothingChanges(String tool, String input, String text) throws IOException {
        var workspace = new BareWorkspace(dir).with("f", "a").with("d/in", "x");
        ToolResult result = Call.of(tool, workspace, input);
        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains(text).doesNotContain(dir.toString());
        assertThat(workspace.read("f")).isEqualTo("a");
        try (var files = Files.walk(dir)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void writingOverAFileThatACommandChangedNeedsAnotherRead() {
        var workspace = new BareWorkspace(dir).with("f", "changed");
        assertThat(
                Call.of("Write", workspace, Call.known("f", "before", KnownFiles.READ), "{'file_path':'f','content':'x'}").text())
                .startsWith("File has been modified since it was read.");
    }

    @Test
    void anEmptyOldStringCreatesAFileAndFillsAnEmptyOne() {
        var workspace = new BareWorkspace(dir).with("empty", "");
        assertThat(Call.of("Edit", workspace, "{'file_path':'a/new','old_string':'','new_string':'x'}").isError()).isFalse();
        assertThat(Call.of("Edit", workspace, Call.known("empty", "", KnownFiles.READ),
                "{'file_path':'empty','old_string':'','new_string':'y'}").isError()).isFalse();
        assertThat(List.of(workspace.read("a/new"), workspace.read("empty"))).containsExactly("x", "y");
    }

    @Test
    void bytesThatAreNoTextAndTheModeSurviveAnEdit() throws IOException {
        Path file = dir.resolve("latin.sh");
        Files.write(file, new byte[]{'c', (byte) 0xC3, (byte) 0xA9, ' ', 'a', '\n', (byte) 0xFF});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        KnownFiles known = KnownFiles.NONE
                .and(List.of(new FileSeen("latin.sh", ContentHash.of(Files.readAllBytes(file)), KnownFiles.READ)));
        Call.of("Edit", new BareWorkspace(dir), known, "{'file_path':'latin.sh','old_string':'a','new_string':'é'}");
        assertThat(Files.readAllBytes(file)).containsExactly('c', 0xC3, 0xA9, ' ', 0xC3, 0xA9, '\n', 0xFF);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rwxr-x---");
    }

    @Test
    void aSecretIsNotWrittenAndTheModelLearnsItsPlaceNotItsText() {
        var workspace = new BareWorkspace(dir).with("b.ts", "const a = 1;\nconst b = 2;\n");
        ToolResult written = Call.of("Write", workspace, "{'file_path':'a.ts','content':'x\\nconst password = `Sup3rS3cret`;'}");
        ToolResult edited = Call.of("Edit", workspace, Call.known("b.ts", "const a = 1;\nconst b = 2;\n", KnownFiles.READ),
                "{'file_path':'b.ts','old_string':'const b = 2;','new_string':'const apiToken = `4fQ9zL2mXv7Kp1Rt8`;'}");
        assertThat(written.isError()).isTrue();
        assertThat(written.text()).contains("a.ts:2 (password)").doesNotContain("Sup3r");
        assertThat(edited.text()).startsWith("Nothing was written").contains("b.ts:2 (key-or-token)").doesNotContain("4fQ9");
        assertThat(dir.resolve("a.ts")).doesNotExist();
        assertThat(workspace.read("b.ts")).contains("const b = 2;");
        assertThat(List.of(written.files(), edited.files())).containsOnly(List.of());
    }
}
