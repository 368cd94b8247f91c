package dev.relais.worker.toolkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Grep beside the real ripgrep on the same tree: the same files, lines and numbers, but for the differences that the tool's text names. */
class RipgrepAgreementTest {
    private static final int FILES = 5_000;
    private static final long SEED = 20_261_128;
    private static final int CLIP = 500;

    @TempDir
    private static Path dir;
    private static GeneratedTree tree = new GeneratedTree(Path.of(""), 0);

    /** In which files the two may differ, and why. */
    private enum Known {
        /** ripgrep takes the carriage return for a character of the line. */
        CRLF,
        /** ripgrep searches the bytes, in which such a character is none. */
        WINDOWS_1252
    }

    private record Case(Map<String, String> options, String pattern) {
        static Case of(String row) {
            int tab = row.indexOf('\t');
            Map<String, String> options = row.substring(0, tab).isEmpty()
                    ? Map.of()
                    : List.of(row.substring(0, tab).split(" ;", -1)).stream()
                            .collect(Collectors.toMap(option -> option.substring(0, 1),
                                    option -> option.substring(Math.min(2, option.length()))));
            return new Case(options, row.substring(tab + 1));
        }
    }

    @BeforeAll
    static void makeTree() throws IOException {
        Assumptions.assumeTrue(hasRipgrep(), "ripgrep (rg) is not installed: nothing to compare Grep with");
        tree = new GeneratedTree(dir, SEED);
        tree.make(FILES);
    }

    private static boolean hasRipgrep() {
        try {
            return new ProcessBuilder("rg", "--version").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void grepFindsWhatRipgrepFinds() throws Exception {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(200);
        var known = new EnumMap<Known, Integer>(Known.class);
        var unknown = new ArrayList<String>();
        long lines = 0;
        for (Case each : cases) {
            Set<String> theirs = ripgrep(each);
            Set<String> ours = grep(each);
            lines += theirs.size();
            Set<String> files = theirs.stream().map(line -> line.substring(0, line.indexOf(':')))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> listed = new TreeSet<>(
                    text(each, "files_with_matches").lines().skip(1).filter(line -> !line.startsWith("(")).toList());
            compare(each, theirs, ours, line -> line.substring(0, line.indexOf(':')), known, unknown);
            if (!each.options().containsKey("o")) {
                compare(each, files, listed, file -> file, known, unknown);
            }
        }
        System.out.println("Grep and ripgrep: " + cases.size() + " patterns, " + FILES + " files, " + lines
                + " matching lines; known differences, in entries: " + known);
        assertThat(unknown).isEmpty();
    }

    private static void compare(Case each, Set<String> theirs, Set<String> ours, Function<String, String> file,
            Map<Known, Integer> known,
            List<String> unknown) {
        var differing = new TreeSet<String>();
        theirs.stream().filter(line -> !ours.contains(line)).map(line -> "only ripgrep: " + line).forEach(differing::add);
        ours.stream().filter(line -> !theirs.contains(line)).map(line -> "only Grep:    " + line).forEach(differing::add);
        int told = 0;
        for (String line : differing) {
            String path = file.apply(line.substring(14));
            if (tree.crlf().contains(path)) {
                known.merge(Known.CRLF, 1, Integer::sum);
            } else if (tree.windows1252().contains(path)) {
                known.merge(Known.WINDOWS_1252, 1, Integer::sum);
            } else if (told++ < 3) {
                unknown.add(each + " " + line);
            }
        }
    }

    private static List<Case> cases() throws IOException {
        try (InputStream rows = RipgrepAgreementTest.class.getResourceAsStream("ripgrep-patterns.txt")) {
            return new String(java.util.Objects.requireNonNull(rows).readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(row -> !row.startsWith("# "))
                    .map(Case::of)
                    .toList();
        }
    }

    private static Set<String> grep(Case each) {
        return new TreeSet<>(
                text(each, "content").lines().filter(line -> !line.equals("No matches found") && !line.startsWith("(")).toList());
    }

    private static String text(Case each, String mode) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("pattern", each.pattern()).put("output_mode", mode)
                .put("head_limit", 0);
        each.options().forEach((option, value) -> {
            switch (option) {
                case "i" -> input.put("-i", true);
                case "U" -> input.put("multiline", true);
                case "o" -> input.put("-o", true);
                case "g" -> input.put("glob", value.replace(" ", "?"));
                default -> input.put("type", value);
            }
        });
        try {
            ToolResult result = new GrepTool(java.time.InstantSource.system()).run(input, new BareWorkspace(dir),
                    KnownFiles.NONE);
            String end = result.text().substring(Math.max(0, result.text().length() - 300));
            assertThat(result.isError()).as(each + ": " + end).isFalse();
            assertThat(end).as(each.toString()).doesNotContain("took too long", "[Showing entries");
            return result.text();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> ripgrep(Case each) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("rg", "--no-config", "--hidden", "--no-ignore-global", "--no-ignore-parent", "--no-require-git",
                        "--no-heading", "--with-filename", "--line-number", "--color", "never", "-g", "!.git"));
        each.options().forEach((option, value) -> {
            switch (option) {
                case "i" -> command.add("-i");
                case "U" -> command.addAll(List.of("-U", "--multiline-dotall"));
                case "o" -> command.add("-o");
                case "g" -> command.addAll(List.of("-g", value));
                default -> command.addAll(List.of("-t", value));
            }
        });
        command.addAll(List.of("-e", each.pattern()));
        Process process = new ProcessBuilder(command).directory(dir.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(Path.of("/dev/null").toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() > 1) {
            return Set.of("ripgrep refuses this pattern:");
        }
        return java.util.Arrays.stream(output.split("\n", -1)).filter(line -> !line.isEmpty())
                .map(RipgrepAgreementTest::asGrepShows)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String asGrepShows(String line) {
        String plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        int text = plain.indexOf(':', plain.indexOf(':') + 1) + 1;
        return plain.length() - text <= CLIP ? plain : plain.substring(0, text + CLIP) + "… [line clipped]";
    }
}
