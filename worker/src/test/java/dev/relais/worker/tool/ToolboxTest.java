package dev.relais.worker.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.Workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ToolboxTest {
    @TempDir
    private Path dir;

    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    private interface Body {
        ToolResult run(KnownFiles known) throws Exception;
    }

    private record Fake(String name, boolean isReadOnly, Body body) implements Tool {
        @Override
        public String description() {
            return "A fake.";
        }

        @Override
        public JsonNode inputSchema() {
            return json("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[]}");
        }

        @Override
        public ToolResult run(JsonNode input, Workspace workspace, KnownFiles known) throws InterruptedException {
            try {
                return body.run(known);
            } catch (RuntimeException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Fake fake(String name, boolean readOnly) {
        return new Fake(name, readOnly, _ -> {
            ran.add(name);
            return ToolResult.ok(name + " ran");
        });
    }

    private static List<ToolCall> calls(String... names) {
        return IntStream.range(0, names.length).mapToObj(i -> new ToolCall("id" + i, names[i], json("{}"), i)).toList();
    }

    private Workspace workspace() {
        return new GitWorkspaces(dir, new WorkerId("w"), Optional.empty()).open(new TaskId("t"), 1, null, null);
    }

    private Toolbox.Ran run(List<Tool> tools, String... names) throws InterruptedException {
        return new Toolbox(tools).run(calls(names), workspace(), KnownFiles.NONE, () -> {});
    }

    @Test
    void neighbouringReadsRunSideBySideAndResultsKeepTheirOrder() throws InterruptedException {
        var barrier = new CyclicBarrier(3);
        List<Tool> tools = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            tools.add(new Fake(name, true, _ -> {
                barrier.await(20, TimeUnit.SECONDS);
                return ToolResult.ok(name);
            }));
        }
        Toolbox.Ran result = run(tools, "c", "a", "b");
        assertThat(result.results()).extracting(ToolOutcome::content).containsExactly("c", "a", "b");
        assertThat(result.results()).extracting(ToolOutcome::toolUseId).containsExactly("id0", "id1", "id2");
        assertThat(result.mayHaveChanged()).isFalse();
    }

    @Test
    void aWriterRunsAloneInItsPlace() throws InterruptedException {
        Toolbox.Ran result = run(List.of(fake("read", true), fake("write", false)), "write", "read", "write", "write", "read");
        assertThat(ran).containsExactly("write", "read", "write", "write", "read");
        assertThat(result.mayHaveChanged()).isTrue();
    }

    @Test
    void atMostTenReadsRunSideBySide() {
        List<ToolCall> reads = calls(Collections.nCopies(23, "read").toArray(String[]::new));
        assertThat(OrderRule.groups(reads, _ -> true)).extracting(List::size).containsExactly(10, 10, 3);
        assertThat(OrderRule.groups(calls("r", "w", "w", "r", "r"), call -> call.name().equals("r"))).extracting(List::size)
                .containsExactly(1, 1, 1, 2);
        assertThat(OrderRule.groups(List.of(), _ -> true)).isEmpty();
    }

    @Test
    void aCallSeesTheFilesOfTheCallsBeforeIt() throws InterruptedException {
        var write = new Fake("write", false, _ -> ToolResult.ok("", List.of(new FileSeen("f", "hash", "written"))));
        var look = new Fake("look", true, known -> ToolResult.ok(known.at("f").map(FileSeen::hash).orElse("nothing")));
        Toolbox.Ran result = run(List.of(write, look), "look", "write", "look");
        assertThat(result.results()).extracting(ToolOutcome::content).containsExactly("nothing", "", "hash");
        assertThat(result.files()).containsExactly(new FileSeen("f", "hash", "written"));
    }

    @Test
    void anUnknownToolIsAnErrorThatNamesTheKnown() throws InterruptedException {
        Toolbox.Ran result = run(List.of(fake("read", true), fake("write", false)), "delete");
        assertThat(result.results()).containsExactly(new ToolOutcome("id0",
                "No such tool: \"delete\". The tools are: read, write.", true));
        assertThat(result.mayHaveChanged()).isFalse();
    }

    @Test
    void aToolThatThrowsIsAResultAndTheOthersRun() throws InterruptedException {
        var broken = new Fake("broken", true, _ -> {
            throw new IllegalStateException("inner detail");
        });
        Toolbox.Ran result = run(List.of(broken, fake("read", true)), "broken", "read");
        assertThat(result.results()).extracting(ToolOutcome::isError).containsExactly(true, false);
        assertThat(result.results().getFirst().content()).contains("failed inside Relais").doesNotContain("inner detail");
    }

    @Test
    void theWorkspacesOwnFailuresPassThrough() {
        var away = new Fake("away", true, _ -> {
            throw new Workspace.Unreachable("gone", null);
        });
        assertThatThrownBy(() -> run(List.of(away, fake("read", true)), "away", "read"))
                .isInstanceOf(Workspace.Unreachable.class);
        assertThatThrownBy(() -> run(List.of(away), "away")).isInstanceOf(Workspace.Unreachable.class);
    }

    @Test
    void stoppingTheRunStopsEveryCall() throws Exception {
        var begun = new CountDownLatch(2);
        var stopped = new CountDownLatch(2);
        var forever = new Fake("forever", true, _ -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.countDown();
                throw e;
            }
            return ToolResult.ok("");
        });
        var thrown = new CountDownLatch(1);
        Thread turn = Thread.ofVirtual().start(() -> {
            try {
                run(List.of(forever, fake("write", false)), "forever", "forever", "write");
            } catch (InterruptedException e) {
                thrown.countDown();
            }
        });
        begun.await();
        turn.interrupt();
        assertThat(thrown.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stopped.getCount()).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void aRunThatIsStoppedBetweenTwoCallsBeginsNoOther() {
        var stopped = new Fake("Write", false, _ -> {
            ran.add("Write");
            Thread.currentThread().interrupt();
            return ToolResult.ok("written before it was stopped");
        });
        assertThatThrownBy(() -> run(List.of(stopped, fake("Bash", false)), "Write", "Bash"))
                .isInstanceOf(InterruptedException.class).hasMessageContaining("Bash");
        assertThat(ran).containsExactly("Write");
        assertThat(Thread.interrupted()).as("the stop was taken").isFalse();
    }

    @Test
    void longResultsAreCutAndTheWholeIsSaved() throws InterruptedException, IOException {
        String text = "\u00e9\"\n".repeat(300_000);
        var loud = new Fake("loud", true, _ -> ToolResult.ok(text));
        var quiet = new Fake("quiet", true, _ -> ToolResult.ok("short"));
        Workspace workspace = workspace();
        Toolbox.Ran result = new Toolbox(List.of(loud, quiet)).run(calls("loud", "quiet"), workspace, KnownFiles.NONE, () -> {});
        String cut = result.results().getFirst().content();
        assertThat(CutRule.jsonBytes(cut)).isBetween(690L * 1024, 700L * 1024);
        assertThat(cut).startsWith("\u00e9\"\n").endsWith("\u00e9\"\n").contains("the whole is in /workspace/.relais/output/");
        assertThat(result.results().getLast().content()).isEqualTo("short");
        assertThat(result.mayHaveChanged()).isTrue();
        try (var saved = Files.list(workspace.root().resolve(".relais/output"))) {
            assertThat(Files.readString(saved.toList().getFirst())).isEqualTo(text);
        }
    }

    @Test
    void theLongestAreCutFirst() {
        List<CutRule.Cut> cuts = CutRule.cut(List.of("a".repeat(5_000), "b".repeat(100), "c".repeat(3_000)), 4_100);
        assertThat(cuts.get(1)).isEqualTo(new CutRule.Cut.Whole("b".repeat(100)));
        assertThat(cuts.get(0)).isInstanceOfSatisfying(CutRule.Cut.Shortened.class,
                cut -> assertThat(cut.head().length() + cut.tail().length()).isEqualTo(1_800));
        assertThat(cuts.get(2)).isInstanceOf(CutRule.Cut.Shortened.class);
        assertThat(CutRule.cut(List.of("a".repeat(10), "b"), 100)).allMatch(CutRule.Cut.Whole.class::isInstance);
    }

    @Test
    void sizesAreThoseOfTheJsonThatIsWritten() throws JsonProcessingException {
        for (String text : List.of("abc", "\"\\\n\r\t\b\f", "\u0000\u0001\u001f", "\u00e9\u2713", "\uD83D\uDCE6", "/<>&\u007f")) {
            assertThat(CutRule.jsonBytes(text)).as(text).isEqualTo(new JsonMapper().writeValueAsBytes(text).length - 2);
        }
    }

    @Test
    void halfACharacterIsNeitherCutNorKept() throws InterruptedException {
        assertThat(CutRule.cut(List.of("\uD83D\uDCE6".repeat(1_000)), 2_600).getFirst()).isInstanceOfSatisfying(
                CutRule.Cut.Shortened.class,
                cut -> assertThat(cut.head() + cut.tail()).isEqualTo("\uD83D\uDCE6".repeat(200)));
        var lone = new Fake("lone", true, _ -> ToolResult.ok("a\uD83Db"));
        assertThat(run(List.of(lone), "lone").results().getFirst().content()).isEqualTo("a\uFFFDb");
    }

    @Test
    void schemasAreWhatTheApiWants() {
        assertThat(new Toolbox(List.of(fake("read", true))).schemas())
                .isEqualTo(json("[{\"name\":\"read\",\"description\":\"A fake.\","
                        + "\"input_schema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[]}}]"));
    }

    @Test
    void eachGroupOfCallsAwaitsAdmission() throws InterruptedException {
        var order = new ArrayList<String>();
        Tool write = fake("write", false);
        new Toolbox(List.of(write, fake("read", true))).run(calls("read", "read", "write", "write"), workspace(), KnownFiles.NONE,
                () -> order.add("admitted"));

        assertThat(order).as("two reads side by side, each write alone").hasSize(3);
    }
}
