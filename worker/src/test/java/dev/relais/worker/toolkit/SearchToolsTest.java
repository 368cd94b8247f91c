package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class SearchToolsTest {
    @TempDir
    private Path dir;
    private BareWorkspace workspace = new BareWorkspace(Path.of(""));

    @BeforeEach
    void makeFiles() throws IOException {
        workspace = new BareWorkspace(dir).with("src/a.ts", "import x\nconst foo = 1\nexport foo\n")
                .with("src/deep/b.tsx", "FOO\nbar\n").with("src/c.js", "foo()\nfoo()\n").with("README.md", "nothing\n")
                .with(".env", "foo=1\n").with(".gitignore", "*.log\nbuild/\n!keep.log\n").with("x.log", "foo\n")
                .with("keep.log", "foo\n")
                .with("build/out.js", "foo\n").with("src/.gitignore", "gen*\n").with("src/generated.ts", "foo\n")
                .with(".git/config", "foo\n").with("sub/.git/config", "foo\n").with(".relais/output/x.txt", "foo\n")
                .with("bin", "foo\0").with("sub/odd name.sql", "SELECT {a}\n").with("crlf.txt", "one\r\ntwo\r\n");
        Files.createSymbolicLink(dir.resolve("link.ts"), Path.of("src/a.ts"));
        int age = 0;
        for (String path : new String[]{"src/a.ts", "src/deep/b.tsx", "src/c.js", "README.md"}) {
            Files.setLastModifiedTime(dir.resolve(path), FileTime.from(2_000_000_000L - age++, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'pattern':'**/*.ts'} | src/a.ts¶src/generated.ts",
            "{'pattern':'*.tsx'} | src/deep/b.tsx", "{'pattern':'src/*.js'} | src/c.js",
            "{'pattern':'src/**/*.{ts,tsx}'} | src/a.ts¶src/deep/b.tsx¶src/generated.ts", "{'pattern':'.env*'} | .env",
            "{'pattern':'**/out.js'} | build/out.js", "{'pattern':'/workspace/src/*.js'} | src/c.js",
            "{'pattern':'*.ts','path':'/workspace/src'} | src/a.ts¶src/generated.ts", "{'pattern':'?.js'} | src/c.js",
            "{'pattern':'[!a].js'} | src/c.js", "{'pattern':'[a-c].{ts,js}'} | src/a.ts¶src/c.js",
            "{'pattern':'odd name.*'} | sub/odd name.sql",
            "{'pattern':'*.nothing'} | No files found", "{'pattern':'config'} | No files found",
            "{'pattern':'x.txt'} | No files found",
            "{'pattern':'x.txt','path':'.relais'} | .relais/output/x.txt",
            "{'pattern':'src/**'} | src/a.ts¶src/deep/b.tsx¶src/c.js¶src/.gitignore¶src/generated.ts"})
    void globFindsByNameNewestFirst(String input, String names) {
        ToolResult result = Call.of("Glob", workspace, input);
        assertThat(result.isError()).isFalse();
        assertThat(result.text().lines()).containsExactlyInAnyOrder(names.split("¶", -1));
    }

    @Test
    void globShowsTheNewestFirstAndTiesByPath() throws IOException {
        for (String path : new String[]{"z.sql", "a.sql", "m.sql"}) {
            workspace.with(path, "");
            Files.setLastModifiedTime(dir.resolve(path), FileTime.from(path.startsWith("m") ? 2_000 : 1_000, TimeUnit.SECONDS));
        }
        Files.setLastModifiedTime(dir.resolve("sub/odd name.sql"), FileTime.from(3_000, TimeUnit.SECONDS));
        assertThat(Call.of("Glob", workspace, "{'pattern':'*.sql'}").text()).isEqualTo("sub/odd name.sql\nm.sql\na.sql\nz.sql");
    }

    @Test
    void globShowsAHundredAndSaysSo() {
        for (int i = 0; i < 150; i++) {
            workspace.with("many/" + i + ".x", "");
        }
        assertThat(Call.of("Glob", workspace, "{'pattern':'*.x'}").text().lines()).hasSize(101).last().asString()
                .contains("100 of 150 files");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Glob | {'pattern':'*','path':'/etc'} | outside",
            "Glob | {'pattern':'*','path':'none'} | does not exist",
            "Glob | {'pattern':'*','path':'README.md'} | not a directory", "Glob | {} | `pattern` is missing",
            "Glob | {'pattern':'{a'} | cannot be read",
            "Grep | {'pattern':'('} | regex parse error", "Grep | {'pattern':'(?=x)'} | is not supported",
            "Grep | {'pattern':'x','path':'/etc'} | outside",
            "Grep | {'pattern':'x','path':'none'} | No such file or directory",
            "Grep | {'pattern':'x','type':'cobol'} | unrecognized file type: cobol",
            "Grep | {'pattern':'x','output_mode':'lines'} | must be one of",
            "Grep | {'pattern':'x','-A':'many'} | `-A` must be an integer",
            "Grep | {'pattern':'x','glob':'{a'} | cannot be read"})
    void whatCannotBeSearchedIsSaid(String tool, String input, String text) {
        ToolResult result = Call.of(tool, workspace, input);
        assertThat(result.isError()).as(result.text()).isTrue();
        assertThat(result.text()).contains(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'pattern':'foo'} | Found 4 files¶.env¶keep.log¶src/a.ts¶src/c.js",
            "{'pattern':'foo','-i':true,'path':'src'} | Found 3 files¶src/a.ts¶src/c.js¶src/deep/b.tsx",
            "{'pattern':'foo','type':'ts'} | Found 1 file¶src/a.ts",
            "{'pattern':'foo','glob':'*.{js,env}'} | Found 2 files¶.env¶src/c.js",
            "{'pattern':'foo','glob':'!src/**'} | Found 2 files¶.env¶keep.log",
            "{'pattern':'foo','glob':'src/*.ts, src/*.js'} | Found 3 files¶src/a.ts¶src/c.js¶src/generated.ts",
            "{'pattern':'nowhere'} | No files found", "{'pattern':'foo','path':'build'} | Found 1 file¶build/out.js",
            "{'pattern':'foo','path':'.relais'} | Found 1 file¶.relais/output/x.txt",
            "{'pattern':'foo','output_mode':'content','path':'src/a.ts'} | src/a.ts:2:const foo = 1¶src/a.ts:3:export foo",
            "{'pattern':'foo','output_mode':'content','path':'src/a.ts','-n':false} | src/a.ts:const foo = 1¶src/a.ts:export foo",
            "{'pattern':'const','output_mode':'content','path':'src/a.ts','-C':1} | src/a.ts-1-import x¶src/a.ts:2:const foo = 1¶src/a.ts-3-export foo",
            "{'pattern':'const','output_mode':'content','path':'src/a.ts','-A':1} | src/a.ts:2:const foo = 1¶src/a.ts-3-export foo",
            "{'pattern':'export','output_mode':'content','path':'src/a.ts','-B':1} | src/a.ts-2-const foo = 1¶src/a.ts:3:export foo",
            "{'pattern':'const','output_mode':'content','context':1,'-A':0} | src/a.ts-1-import x¶src/a.ts:2:const foo = 1",
            "{'pattern':'f.o','output_mode':'content','path':'src/c.js','-o':true} | src/c.js:1:foo¶src/c.js:2:foo",
            "{'pattern':'x.const','output_mode':'content','multiline':true} | src/a.ts:1:import x¶src/a.ts:2:const foo = 1",
            "{'pattern':'x.const','output_mode':'content'} | No matches found",
            "{'pattern':'^one$','output_mode':'content'} | crlf.txt:1:one",
            "{'pattern':'\\\\{a\\\\}','output_mode':'content'} | sub/odd name.sql:1:SELECT {a}",
            "{'pattern':'foo','output_mode':'count'} | .env:1¶keep.log:1¶src/a.ts:2¶src/c.js:2¶¶Found 6 total occurrences across 4 files.",
            "{'pattern':'nowhere','output_mode':'count'} | No matches found",
            "{'pattern':'foo','head_limit':1,'offset':1} | Found 4 files¶keep.log¶¶[Showing entries 2-2 of 4; go on with offset 2]",
            "{'pattern':'foo','offset':9} | No entries at this offset: there are 4.",
            "{'pattern':'foo','head_limit':0,'output_mode':'content','path':'src/c.js'} | src/c.js:1:foo()¶src/c.js:2:foo()"})
    void grepPrintsAsRipgrepDoes(String input, String text) {
        ToolResult result = Call.of("Grep", workspace, input);
        assertThat(result.text()).isEqualTo(text.replace('¶', '\n'));
        assertThat(result.isError()).isFalse();
    }

    @Test
    void linesThatAreNotNeighboursAreKeptApart() {
        workspace.with("n", "a\n1\n2\n3\na\n");
        assertThat(Call.of("Grep", workspace, "{'pattern':'a','path':'n','output_mode':'content','-A':1}").text())
                .isEqualTo("n:1:a\nn-2-1\n--\nn:5:a");
    }

    @Test
    void grepShowsTwoHundredAndFiftyEntries() {
        workspace.with("n", "a\n".repeat(300));
        assertThat(Call.of("Grep", workspace, "{'pattern':'a','path':'n','output_mode':'content'}").text())
                .contains("n:250:a").doesNotContain("n:251:a").endsWith("[Showing entries 1-250 of 300; go on with offset 250]");
    }

    @Test
    @Timeout(30)
    void aPatternThatExplodesElsewhereIsFastHere() {
        workspace.with("n", "a".repeat(50_000));
        assertThat(Call.of("Grep", workspace, "{'pattern':'(a*)*b','path':'n'}").text()).isEqualTo("No files found");
    }

    @Test
    void searchesBeginWhereCommandsStart() {
        var within = new BareWorkspace(dir, "src");
        assertThat(Call.of("Glob", within, "{'pattern':'*.js'}").text()).isEqualTo("c.js");
        assertThat(Call.of("Grep", within, "{'pattern':'foo','path':'/workspace'}").text())
                .isEqualTo("Found 4 files\n/workspace/.env\n/workspace/keep.log\na.ts\nc.js");
    }
}
